/** The one folder of this machine that downloads may go to. */
export interface DownloadFolder {
  /**
   * Finds where a download goes, with links resolved. Makes nothing but the download folder itself.
   *
   * @param destination Absolute, or below the download folder; the download folder where undefined.
   * @throws {CtsError} DESTINATION_REFUSED when it leads anywhere else.
   */
  resolve(destination: string | undefined): Promise<string>;
  /**
   * Writes a small file below a folder that `resolve` gave, whole or not at all.
   *
   * @throws {CtsError} DISK_FULL, OUTPUT_NOT_WRITABLE, DESTINATION_REFUSED.
   */
  writeText(file: { readonly folder: string; readonly path: string }, text: string): Promise<void>;
}
