import { CtsError } from '#protocol';

/** What a failure of a file of the configuration is told with. */
export interface ConfigFileFailure {
  /** Key, option or variable that names the file. */
  readonly key: string;
  readonly path: string;
  /** What is wrong, and what was expected. */
  readonly reason: string;
  readonly cause?: unknown;
}

/** Words a failure to read a file of the configuration. */
export function refuseConfigFile({ key, path, reason, cause }: ConfigFileFailure): CtsError {
  return new CtsError('INVALID_CONFIGURATION', `Could not read ${path}, named by ${key}: ${reason}`, {
    details: { key, value: path, source: key },
    cause,
  });
}

/** What a failure of the file system says, in a few words. */
export function describeFileFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read by this user.';
  if (code === 'EISDIR') return 'it is a folder; expected a file.';
  return `${error instanceof Error ? error.message : String(error)}.`;
}
