import { CtsError } from '#protocol';

interface Explanation {
  readonly cause: string;
  readonly action: string;
}

const NO_PERMISSION: Explanation = {
  cause: 'permission denied',
  action: 'Check who owns the data folder and everything in it.',
};
const TOO_MANY_FILES: Explanation = {
  cause: 'too many files are open',
  action: 'Raise the limit (ulimit -n), or start the service again.',
};

const EXPLANATIONS: Readonly<Partial<Record<string, Explanation>>> = {
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  EROFS: { cause: 'the file system is read-only', action: 'Mount it for writing, or use --data-dir.' },
  EIO: { cause: 'the disk reported an error', action: 'Check the disk, and the log of the system.' },
  ENOENT: { cause: 'it is not there', action: 'Check that nobody cleans up in the data folder.' },
  ENOTDIR: { cause: 'a file stands where a folder should be', action: 'Move that file away.' },
  EEXIST: { cause: 'something else stands there', action: 'Move it away.' },
  ELOOP: { cause: 'it is a symbolic link', action: 'Put the file itself there.' },
};

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Says what a failure of the file system means for the stores; anything else is handed back as it is. */
export function toStoreFileFailure(error: unknown, path: string): unknown {
  const systemCode = readSystemCode(error);
  if (systemCode === '') return error;
  const details = { path, systemCode };
  if (FULL.has(systemCode))
    return new CtsError('DISK_FULL', `Cannot write ${path}: the disk is full`, {
      details,
      actions: ['Make room on the disk.', 'Remove old runs: cts runs clean --older-than 7d'],
      cause: error,
    });
  const { cause, action } = EXPLANATIONS[systemCode] ?? {
    cause: `the system says ${systemCode}`,
    action: 'Check that the disk with the data folder is present.',
  };
  return new CtsError('STORE_UNAVAILABLE', `Cannot use ${path}: ${cause}`, {
    details,
    actions: [action],
    cause: error,
  });
}

/** The name that the operating system gives a failure, such as ENOENT; empty for failures of another kind. */
export function readSystemCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Does something with the file system and says what a failure means. */
export async function explainFailures<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toStoreFileFailure(error, path);
  }
}
