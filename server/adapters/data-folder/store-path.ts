import { join } from 'node:path';
import { CtsError } from '#protocol';

/** What the service makes up as ids, and nothing that leads out of a folder or is special on any system. */
const PLAIN_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Whether a thing of the stores can have this id. */
export function isPlainId(id: string): boolean {
  return PLAIN_ID.test(id);
}

/** @throws {CtsError} RUN_NOT_FOUND when no run can have this id. */
export function runFolderPath(runsFolder: string, runId: string): string {
  if (isPlainId(runId)) return join(runsFolder, runId);
  throw new CtsError('RUN_NOT_FOUND', `No run with id ${JSON.stringify(runId)}`, {
    details: { run_id: runId },
    actions: ['List the runs: cts runs list'],
  });
}

/** @throws {CtsError} UPLOAD_NOT_FOUND when no upload can have this id. */
export function incomingFilePath(incomingFolder: string, uploadId: string): string {
  if (isPlainId(uploadId)) return join(incomingFolder, uploadId);
  throw new CtsError('UPLOAD_NOT_FOUND', `No upload with id ${JSON.stringify(uploadId)}`, {
    details: { upload_id: uploadId },
    actions: ['Upload the file again: cts upload FILE'],
  });
}
