import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run, Upload } from '#protocol';
import type { IncomingFiles } from '../../services/uploads/upload-store.ts';
import type { RunFolders } from '../../services/runs/run-folders.ts';
import { UNFINISHED } from './private-file.ts';

/** What an earlier process left behind and nobody needs: it has been removed. */
export interface SweptLeftovers {
  /** Files that never became whole. */
  readonly unfinishedFiles: number;
  /** Bytes of uploads that are gone, or were ended. */
  readonly incomingFiles: number;
  /** What runs that have ended had worked with. */
  readonly workFolders: number;
  /** Folders of runs that are gone. */
  readonly runFolders: number;
}

/** What is left over is told by what is known. */
export interface KnownThings {
  readonly runStates: ReadonlyMap<string, Run['state']>;
  readonly uploadStates: ReadonlyMap<string, Upload['state']>;
}

/** Removes files below a folder that were being written when their writer died. */
export async function sweepUnfinishedFiles(folders: readonly string[]): Promise<number> {
  let count = 0;
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => one.endsWith(UNFINISHED))) {
      await rm(join(folder, name), { force: true });
      count++;
    }
  }
  return count;
}

export async function sweepIncomingFiles(
  incoming: IncomingFiles,
  { uploadStates }: KnownThings,
): Promise<number> {
  const leftOver = (await incoming.list()).filter((id) => uploadStates.get(id) !== 'pending');
  for (const id of leftOver) await incoming.remove(id);
  return leftOver.length;
}

/** Runs that go on keep everything: they, or their next attempt, clean up themselves. */
export async function sweepRunFolders(
  folders: RunFolders,
  runsFolder: string,
  { runStates }: KnownThings,
): Promise<Pick<SweptLeftovers, 'runFolders' | 'workFolders'>> {
  const ids = await folders.list();
  const unknown = ids.filter((id) => !runStates.has(id));
  const worked = ids.filter((id) => hasEnded(runStates.get(id)) && hasWorked(join(runsFolder, id)));
  await folders.remove(unknown);
  for (const id of worked) await folders.clear(id);
  return { runFolders: unknown.length, workFolders: worked.length };
}

function hasEnded(state: Run['state'] | undefined): boolean {
  return state === 'completed' || state === 'failed' || state === 'canceled';
}

/** There may be a hundred thousand folders: asking without a promise takes a tenth of the time. */
function hasWorked(runFolder: string): boolean {
  return existsSync(join(runFolder, 'work')) || existsSync(join(runFolder, 'input'));
}
