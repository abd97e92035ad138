import type { Stats } from 'node:fs';

import { CtsError, type ErrorCode } from '#protocol';

interface Explanation {
  readonly code: ErrorCode;
  readonly cause: string;
  readonly advice: string;
}

/** What the operating system's error names mean to someone who wanted to read a log. */
const EXPLANATIONS: Readonly<Partial<Record<string, Explanation>>> = {
  ENOENT: { code: 'FILE_NOT_FOUND', cause: 'there is no such file', advice: 'Check the path.' },
  ENOTDIR: { code: 'FILE_NOT_FOUND', cause: 'a folder of the path is a file', advice: 'Check the path.' },
  EISDIR: { code: 'FILE_IS_DIRECTORY', cause: 'it is a directory', advice: 'Name a log file in it.' },
  EACCES: {
    code: 'FILE_UNREADABLE',
    cause: 'permission denied',
    advice: 'Give yourself the right to read it.',
  },
  EPERM: {
    code: 'FILE_UNREADABLE',
    cause: 'permission denied',
    advice: 'Give yourself the right to read it.',
  },
  EIO: {
    code: 'FILE_UNREADABLE',
    cause: 'the disk reported a read error',
    advice: 'Copy the file to another disk as far as it can be read.',
  },
  EMFILE: {
    code: 'FILE_UNREADABLE',
    cause: 'this process has too many open files',
    advice: 'Close some logs or raise the limit (ulimit -n).',
  },
};

/** Wraps a failure of the file system; a CtsError is handed on as it is. */
export function toFileError(path: string, error: unknown): CtsError {
  if (error instanceof CtsError) return error;
  const systemCode = readSystemCode(error);
  const { code, cause, advice } = EXPLANATIONS[systemCode] ?? {
    code: 'FILE_UNREADABLE',
    cause: error instanceof Error ? firstLine(error.message) : 'unknown failure',
    advice: 'Check that the path leads to a file on a disk that is present.',
  };
  return new CtsError(code, `Cannot read ${path}: ${cause}. ${advice}`, {
    details: { path, systemCode },
    cause: error,
  });
}

function readSystemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Names what a path leads to when it is neither a file nor a directory. */
export function describeFileKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'a device';
  return 'something special';
}
