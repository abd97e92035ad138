import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFolder, RunFolders } from '../../services/runs/run-folders.ts';
import { explainFailures, readSystemCode } from './store-file-failure.ts';
import { isPlainId, runFolderPath } from './store-path.ts';

/** What an attempt works with; all else in the folder of a run outlives it. */
const WORKING_FOLDERS = ['work', 'input'] as const;

/** Keeps a folder for each run. */
export class DiskRunFolders implements RunFolders {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async prepare(runId: string): Promise<RunFolder> {
    const [work, input] = this.#workingFoldersOf(runId);
    await this.clear(runId);
    await explainFailures(work, async () => {
      for (const path of [work, input]) await mkdir(path, { recursive: true, mode: 0o700 });
    });
    return { work, input };
  }

  async clear(runId: string): Promise<void> {
    for (const path of this.#workingFoldersOf(runId)) await removeTree(path);
  }

  async remove(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) await removeTree(runFolderPath(this.#folder, runId));
  }

  async list(): Promise<readonly string[]> {
    const names = await explainFailures(this.#folder, () => readdir(this.#folder));
    return names.filter(isPlainId);
  }

  #workingFoldersOf(runId: string): readonly [string, string] {
    const folder = runFolderPath(this.#folder, runId);
    const [work, input] = WORKING_FOLDERS;
    return [join(folder, work), join(folder, input)];
  }
}

/** Removes a folder with everything in it, following no link; a tool may have locked its folders. */
async function removeTree(path: string): Promise<void> {
  await explainFailures(path, async () => {
    try {
      await rm(path, { recursive: true, force: true });
    } catch (error) {
      if (!['EACCES', 'EPERM'].includes(readSystemCode(error))) throw error;
      await unlockFolders(path);
      await rm(path, { recursive: true, force: true });
    }
  });
}

async function unlockFolders(path: string): Promise<void> {
  await chmod(path, 0o700);
  for (const entry of await readdir(path, { withFileTypes: true }))
    if (entry.isDirectory()) await unlockFolders(join(path, entry.name));
}
