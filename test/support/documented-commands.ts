import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { expect } from 'vitest';
import { rlogToCsv } from '../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { CTS_PROGRAM, ctsHome, endOf } from './cts-process.ts';
import { makeLog } from './log-builder.ts';
import { repository } from './repository.ts';
import { makeSmallDrive, SECOND_SEGMENT } from './small-drive.ts';
import { openLog, runTool } from './tool-run.ts';

const SAMPLE_DATABASE = join(repository, 'docs/examples/subaru_global_sample.dbc');
const SAMPLE_DRIVE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');

/** Code blocks of a document that begin with such a fence. */
export function extractBlocks(markdown: string, fence: string): readonly string[] {
  return markdown
    .split(/^```/m)
    .filter((_, index) => index % 2 === 1)
    .flatMap((block) => (block.startsWith(`${fence}\n`) ? [block.slice(fence.length + 1)] : []));
}

/** Lines that begin with `cts` and end: not those that serve, nor what needs other programs. */
export function listCommands(markdown: string): readonly string[] {
  return extractBlocks(markdown, 'sh')
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => /^cts (?!serve|download)/.test(line))
    .map((line) => line.replace(/\s*\|\s*jq .*$/, ''));
}

/** Where documented commands are run. */
export interface DocumentedPlace {
  readonly folder: string;
  /** The PATH with `cts`. */
  readonly path: string;
}

/** Runs lines of a shell in a furnished folder; each must succeed. */
export async function runDocumented(script: string, { folder, path }: DocumentedPlace): Promise<void> {
  const child = spawn('sh', ['-euxc', script], {
    cwd: folder,
    env: { ...ctsHome.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { exitCode, stderr } = await endOf(child);
  expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
}

/** Puts the bundled drive, and its frames as CSV, where the pages of the analyzers have their recordings. */
export async function furnishRecordings(folder: string): Promise<void> {
  for (const name of ['rlog.zst', 'drive.rlog.zst', 'door.rlog.zst', 'idle.rlog.zst'])
    cpSync(SAMPLE_DRIVE, join(folder, name));
  for (const place of ['route/0', '0000000000000000_00000001--a1b2c3d4e5--0']) {
    mkdirSync(join(folder, place), { recursive: true });
    cpSync(SAMPLE_DRIVE, join(folder, place, 'rlog.zst'));
  }
  const parameters = { window_start: 25, window_dur: 14 };
  const { files } = await runTool(rlogToCsv, { input: await openLog(SAMPLE_DRIVE), parameters });
  const [csv = Buffer.alloc(0)] = files.values();
  for (const name of ['frames.csv', 'drive.csv', 'door.csv', 'idle.csv'])
    writeFileSync(join(folder, name), csv);
  cpSync(SAMPLE_DATABASE, join(folder, 'car.dbc'));
  writeFileSync(join(folder, 'bits.txt'), '0x027:B5b1  # pedal\n0x13A:computed\n');
}

/** Puts what the documents speak of in a folder. */
export function furnishFolder(folder: string): void {
  const drive = zstdCompressSync(makeSmallDrive());
  const second = zstdCompressSync(makeLog(SECOND_SEGMENT));
  writeFileSync(join(folder, 'drive.rlog.zst'), drive);
  writeFileSync(join(folder, 'rlog.zst'), drive);
  cpSync(SAMPLE_DATABASE, join(folder, 'car.dbc'));
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
