/** What the store as a whole can tell and do, besides keeping runs and uploads. */
export interface StoreKeeper {
  /** Contents that any artifact or upload refers to. */
  listUsedContents(): Promise<ReadonlySet<string>>;
  /** "ok", or what is wrong with the database. */
  checkDatabase(): Promise<string>;
  /** Free and total bytes of the disk with the data folder. */
  measureDisk(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
  /** Whether something can be written: for health. */
  probeWritable(): Promise<void>;
}
