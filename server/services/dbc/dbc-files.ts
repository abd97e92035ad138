/** A DBC file as it lies on a disk. */
export interface DbcFile {
  /** Absolute, links resolved. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where DBC files, templates and checkouts are read from. Every path is looked at again when the file is open. */
export interface DbcFiles {
  /**
   * Reads a whole file.
   *
   * @throws {CtsError} FILE_NOT_FOUND, FILE_UNREADABLE, FILE_IS_DIRECTORY, INPUT_FORBIDDEN, FILE_TOO_LARGE.
   */
  read(path: string, signal: AbortSignal): Promise<DbcFile>;
  /**
   * A text that changes when the file does, without reading it: time and size.
   *
   * @throws {CtsError} as `read`.
   */
  version(path: string): Promise<string>;
  /** Absolute paths of the files below a folder that end so, in order; hidden folders are passed over. */
  list(folder: string, suffix: string): Promise<readonly string[]>;
  /** Whether something is there, and what; links are followed. */
  look(path: string): Promise<'file' | 'folder' | undefined>;
  /** Joins and cleans a path as this machine writes it: `name` may be absolute. */
  resolve(folder: string, name: string): string;
}
