import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { CTS_PROGRAM } from './cts-process.ts';
import { makeLog } from './log-builder.ts';
import { makeSmallDrive, SECOND_SEGMENT } from './small-drive.ts';

/** Code blocks of a document that begin with such a fence. */
export function extractBlocks(markdown: string, fence: string): readonly string[] {
  return markdown
    .split(/^```/m)
    .filter((_, index) => index % 2 === 1)
    .flatMap((block) => (block.startsWith(`${fence}\n`) ? [block.slice(fence.length + 1)] : []));
}

/** Puts what the documents speak of in a folder. */
export function furnishFolder(folder: string): void {
  const drive = zstdCompressSync(makeSmallDrive());
  const second = zstdCompressSync(makeLog(SECOND_SEGMENT));
  writeFileSync(join(folder, 'drive.rlog.zst'), drive);
  writeFileSync(join(folder, 'rlog.zst'), drive);
  mkdirSync(join(folder, 'logs'));
  for (const name of ['a.zst', 'b.zst']) writeFileSync(join(folder, 'logs', name), drive);
  for (const [parent, separator] of [
    ['drive', '/'],
    ['0123456789abcdef_00000001--a1b2c3d4e5', '/00000001--a1b2c3d4e5--'],
  ] as const) {
    for (const [segment, log] of [drive, second].entries()) {
      const place = join(folder, `${parent}${separator}${String(segment)}`);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'rlog.zst'), log);
    }
  }
}

/** Makes a folder in which `cts` is, as if it were installed, and returns the PATH with it. */
export function installCts(folder: string): string {
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  const script = `#!/bin/sh\nexec '${process.execPath}' '${CTS_PROGRAM}' "$@"\n`;
  writeFileSync(join(programs, 'cts'), script);
  chmodSync(join(programs, 'cts'), 0o755);
  return `${programs}${delimiter}${process.env['PATH'] ?? ''}`;
}
