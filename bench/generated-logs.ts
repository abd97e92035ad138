import { join } from 'node:path';
import { DriveLog } from '../tools/sample-log/drive-log.ts';
import { type DriveKind, planDrive } from '../tools/sample-log/drive-plan.ts';
import { writeLog } from '../tools/sample-log/write-log.ts';

const SHORT_SECONDS = 2;

/** Writes a synthetic minute of a car with classic CAN into `outDir` and returns its path. */
export function generateMinuteLog(outDir: string): Promise<string> {
  return generateLog('subaru', join(outDir, 'minute.rlog.zst'));
}

/** Writes the first seconds of such a car, as little as a log has, into `outDir`. */
export function generateShortLog(outDir: string): Promise<string> {
  return generateLog('subaru', join(outDir, 'short.rlog.zst'), SHORT_SECONDS);
}

/** Writes a minute of frames of up to 64 bytes, as cars with CAN-FD have them, into `outDir`. */
export function generateCanFdLog(outDir: string): Promise<string> {
  return generateLog('canfd', join(outDir, 'can-fd.rlog.zst'));
}

async function generateLog(kind: DriveKind, path: string, durationSeconds = 60): Promise<string> {
  const drive = new DriveLog(planDrive({ kind, seed: 64, durationSeconds }));
  await writeLog(drive, path, { container: 'zstd', onProgress: () => undefined });
  return path;
}
