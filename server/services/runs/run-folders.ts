/** Folders of one attempt of a run, both there and empty. */
export interface RunFolder {
  /** Where the tool leaves its files. */
  readonly work: string;
  /** Where an input comes to lie that is no file of the machine yet. */
  readonly input: string;
}

/** Room on the disk for runs while they work. */
export interface RunFolders {
  /** Makes the folders for one attempt; what an earlier attempt left in them is removed. */
  prepare(runId: string): Promise<RunFolder>;
  /** Removes what a run worked with; its log stays. */
  clear(runId: string): Promise<void>;
  /** Removes everything of these runs, their logs too. */
  remove(runIds: readonly string[]): Promise<void>;
  /** Lists the runs of which anything is there. */
  list(): Promise<readonly string[]>;
}
