/** One file to be had. */
export interface FileToFetch {
  readonly url: string;
  /** Absolute. */
  readonly folder: string;
  /** Below the folder, with `/` between its parts. */
  readonly path: string;
  /** Whether to go on where an earlier attempt left off, or to begin anew. */
  readonly resume: boolean;
}

/** How much of a file is there. */
export interface FileBytes {
  readonly receivedBytes: number;
  /** Undefined until the server has told. */
  readonly totalBytes: number | undefined;
}

/** What comes with one file besides what it is. */
export interface FetchContext {
  readonly signal: AbortSignal;
  /** Called now and then, not with every piece. `receivedBytes` falls when a file has to be begun anew. */
  readonly onProgress: (bytes: FileBytes) => void;
}

/** A file that stands whole under its name. */
export interface FetchedFile {
  /** Whether it was whole already, and nothing was fetched. */
  readonly outcome: 'written' | 'skipped';
  readonly sizeBytes: number;
}

/** Brings single files from the network. A file appears under its name when it is whole. */
export interface FileFetcher {
  /**
   * Fetches a file, trying again where that may help.
   *
   * @throws {CtsError} DISK_FULL, OUTPUT_NOT_WRITABLE, DESTINATION_REFUSED; COMMA_UNREACHABLE or DOWNLOAD_FAILED. What
   * was received by then stays beside the place of the file, and the next attempt goes on from there.
   */
  fetch(file: FileToFetch, context: FetchContext): Promise<FetchedFile>;
}
