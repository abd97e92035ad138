import { CtsError } from '#protocol';

/** What is asked of the files of a log besides their content. */
export interface LogFiles {
  /** Size and time in one text, which changes with the file; undefined where it cannot be looked at. */
  version(path: string): Promise<FileVersion | undefined>;
  /** The first bytes of a file, at most so many; none where it cannot be read. */
  head(path: string, bytes: number): Promise<Uint8Array>;
}

/** What tells one content of a file from another. */
export interface FileVersion {
  readonly sizeBytes: number;
  /** Of the last change, or whatever else changes with it. */
  readonly stamp: string;
}

/** Says that the files of a log are no longer those that were opened. */
export function createChangedError(path: string): CtsError {
  return new CtsError(
    'FILE_UNREADABLE',
    `${path} has changed since it was opened: its events can no longer be read. Open it anew.`,
    { details: { path } },
  );
}
