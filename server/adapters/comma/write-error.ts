import { CtsError } from '#protocol';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file stands where a folder should be',
  EISDIR: 'a folder of that name is in the way',
  ENOTEMPTY: 'a folder of that name is in the way',
  ELOOP: 'a symbolic link is in the way',
  ENAMETOOLONG: 'the name is too long for this file system',
};
const FULL: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Wraps what went wrong while writing a file of a download; a CtsError is handed on as it is. */
export function toWriteError(error: unknown, path: string): unknown {
  if (error instanceof CtsError) return error;
  const code = readSystemCode(error);
  if (code === undefined) return error;
  const details = { path };
  if (FULL.includes(code)) {
    return new CtsError('DISK_FULL', `Cannot write ${path}: the disk is full`, {
      details,
      cause: error,
      actions: ['Make room and start the download again: it goes on where it was broken off.'],
    });
  }
  const reason = REASONS[code] ?? `the file system answered ${code}`;
  return new CtsError('OUTPUT_NOT_WRITABLE', `Cannot write ${path}: ${reason}`, { details, cause: error });
}

/** Name of the operating system's error, such as ENOENT. */
export function readSystemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
