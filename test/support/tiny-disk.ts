import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk that is soon full. */
export interface TinyDisk {
  readonly path: string;
  remove(): void;
}

/** Mounts a disk in memory; undefined where this user must not, as is usual. */
export function mountTinyDisk(kibibytes = 64): TinyDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cts-disk-'));
  const path = join(folder, 'disk');
  mkdirSync(path);
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', path]);
  const remove = (): void => {
    if (mount.status === 0) spawnSync('umount', [path]);
    rmSync(folder, { recursive: true });
  };
  if (mount.status === 0) return { path, remove };
  remove();
  return undefined;
}
