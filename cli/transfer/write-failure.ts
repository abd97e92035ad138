import { CtsError } from '#protocol';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  EEXIST: 'a file stands where the folder should be',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EISDIR: 'a folder stands there',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'its folder is not there',
};

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Tells why a file could not be written, and what to do; what is told already stays. */
export function toWriteFailure(
  path: string,
  error: unknown,
  advice = 'choose another folder with --out-dir',
): Error {
  if (error instanceof CtsError || !(error instanceof Error) || !('code' in error)) return asError(error);
  const code = String(error.code);
  if (FULL.has(code))
    return new CtsError('DISK_FULL', `Cannot write ${path}: the disk is full; free some space or ${advice}`, {
      cause: error,
    });
  // Failures of the system have short codes in capitals; others, such as an abort, are not about this file.
  if (!/^E[A-Z0-9]+$/.test(code)) return error;
  const reason = REASONS[code] ?? error.message;
  return new CtsError('OUTPUT_NOT_WRITABLE', `Cannot write ${path}: ${reason}; ${advice}`, { cause: error });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
