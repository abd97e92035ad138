import { constants, existsSync, type Stats } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandContext } from '../context.ts';
import { formatBytes } from '../render/quantities.ts';
import type { CheckResult } from './check.ts';

const LITTLE_SPACE = 1e9;
const NO_SPACE = 100e6;

/** Files that only their owner may read. */
const PRIVATE_FILES = ['token', 'service.json', 'state.db'];

/** Whether data can be kept, and by nobody else read. */
export async function checkDataFolder(context: CommandContext): Promise<readonly CheckResult[]> {
  const { dataFolder } = await context.loadSettings();
  const name = 'data folder';
  const advice = `Give yourself the right to write there, or choose another with --data-dir.`;
  const folder = existsSync(dataFolder) ? dataFolder : findExisting(dataFolder);
  const isWritable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return [{ level: 'fail', name, found: `${folder} cannot be written to`, advice }];
  const open = process.platform === 'win32' ? [] : await listOpen(dataFolder);
  if (open.length > 0) {
    const found = `others may read ${open.join(', ')}`;
    return [{ level: 'warn', name, found, advice: `chmod -R go-rwx '${dataFolder}'` }];
  }
  const found = folder === dataFolder ? dataFolder : `${dataFolder}, which is made when it is needed`;
  return [{ level: 'ok', name, found }];
}

async function listOpen(folder: string): Promise<readonly string[]> {
  const paths = [folder, ...PRIVATE_FILES.map((file) => join(folder, file))];
  const stats = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return paths.filter((_, index) => isOpen(stats[index]));
}

function isOpen(stats: Stats | undefined): boolean {
  return stats !== undefined && (stats.mode & 0o077) !== 0;
}

/** Whether there is room for what runs leave. */
export async function checkDisk(context: CommandContext): Promise<readonly CheckResult[]> {
  const { dataFolder } = await context.loadSettings();
  const { bavail, bsize } = await statfs(findExisting(dataFolder));
  const free = bavail * bsize;
  const found = `${formatBytes(free)} free`;
  if (free >= LITTLE_SPACE) return [{ level: 'ok', name: 'disk', found }];
  const advice = 'Make room: cts runs clean --older-than 7d.';
  return [{ level: free < NO_SPACE ? 'fail' : 'warn', name: 'disk', found, advice }];
}

function findExisting(folder: string): string {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  return existing;
}
