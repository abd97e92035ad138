/** Room on the disk for runs while they work. */
export interface RunFolders {
  /** Makes an empty folder for one attempt of a run; what an earlier attempt left is removed. */
  prepare(runId: string): Promise<string>;
  /** Removes what a run worked with; its log stays. */
  clear(runId: string): Promise<void>;
  /** Removes everything of these runs, their logs too. */
  remove(runIds: readonly string[]): Promise<void>;
  /** Lists the runs of which anything is there. */
  list(): Promise<readonly string[]>;
}
