import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { CTS_PROGRAM, type CtsEnd, endOf, runCtsProcess } from '../support/cts-process.ts';
import { makeLog } from '../support/log-builder.ts';
import { cutLog, flipBits } from '../support/log-damage.ts';
import { buildCanEvent } from '../support/message-builder.ts';
import { makeSmallDrive } from '../support/small-drive.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { mountTinyDisk } from '../support/tiny-disk.ts';

const MIB = 2 ** 20;
const EXPECTED = 'expected an rlog or qlog, plain or packed with zstd or bzip2';
const STARTED = /^Started run: [0-9a-f-]{36}$/;
const drive = makeSmallDrive();
const manyEvents = Array.from({ length: 500 }, (_, i) => ({
  logMonoTime: BigInt(i * 10_000_000),
  service: 'can',
  value: [{ address: i, src: 0, dat: new Uint8Array(8).fill(i) }],
}));
const long = makeLog(manyEvents);

const folder = useTemporaryFolder();

function pathOf(...names: readonly string[]): string {
  return join(folder.path, ...names);
}

/** Runs `cts run rlog-to-csv` on a file; relative paths count from the temporary folder. */
function convert(path: string, ...options: readonly string[]): Promise<CtsEnd> {
  return runCtsProcess(['run', 'rlog-to-csv', '--path', path, '--out-dir', 'out', ...options], {
    cwd: folder.path,
  });
}

/** What lies in the output folder, hidden files too. */
function listOutput(): readonly string[] {
  return existsSync(pathOf('out')) ? readdirSync(pathOf('out')) : [];
}

describe('what is no log', () => {
  it('a path that leads nowhere', async () => {
    const { exitCode, stdout, stderr } = await convert('nope.rlog');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^error FILE_NOT_FOUND: Cannot \w+ .*\/nope\.rlog: there is no such file/);
    expect(listOutput()).toEqual([]);
  });

  it('a folder without logs', async () => {
    mkdirSync(pathOf('photos'));
    writeFileSync(pathOf('photos', 'a.jpg'), 'x');
    const { exitCode, stderr } = await convert('photos');
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /\nerror NO_SEGMENTS: Cannot open .*\/photos: this folder holds no log\. Open a folder with segments such as /,
    );
  });

  it.each([
    {
      what: 'an empty file',
      bytes: new Uint8Array(0),
      failure: /^FILE_EMPTY: Cannot read .*\/x: it is empty\. The recording or the copy was interrupted; /,
    },
    {
      what: 'a gzip file',
      bytes: gzipSync(drive),
      failure:
        /^UNSUPPORTED_CONTAINER: Cannot read .*\/x: it is packed with gzip, which logs are not\. Unpack it with gunzip first\.$/,
    },
    {
      what: 'a CSV file',
      bytes: new TextEncoder().encode('time,address\n'.repeat(50)),
      failure: /^NOT_A_LOG: x is text, such as CSV, and no openpilot log, which rlog-to-csv reads$/,
    },
    {
      what: 'bytes of nothing known',
      bytes: new Uint8Array(650).fill(0xfe),
      failure: new RegExp(
        `^NOT_A_LOG: .*/x holds no openpilot event \\(650 bytes at byte 0 are no message: skipped\\): ${EXPECTED}$`,
      ),
    },
    {
      what: 'a bomb of zeros',
      bytes: zstdCompressSync(Buffer.alloc(128 * MIB)),
      failure: new RegExp(
        `^NOT_A_LOG: .*/x holds no openpilot event \\(Reading stopped at the limit of 64 MiB .*${EXPECTED}$`,
      ),
    },
    {
      what: 'a log that is cut inside its first event',
      bytes: cutLog(drive, 40),
      failure: /^NOT_A_LOG: .*\/x holds no openpilot event \(the log ends inside the message at byte 0/,
    },
  ])('$what', async ({ bytes, failure }) => {
    writeFileSync(pathOf('x'), bytes);
    const { exitCode, stdout, stderr } = await convert('x');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    const [started, told = ''] = stderr.split('\n');
    expect(started).toMatch(STARTED);
    expect(told.replace(/^error /, '')).toMatch(failure);
    expect(listOutput()).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('a file that must not be read', async () => {
    writeFileSync(pathOf('x'), drive);
    chmodSync(pathOf('x'), 0);
    const { exitCode, stderr } = await convert('x');
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toMatch(
      /error FILE_UNREADABLE: Cannot \w+ .*\/x: permission denied\. Give yourself the right to read/,
    );
  });
});

describe('what is a log in part is delivered in part', () => {
  it('a log that is cut', async () => {
    writeFileSync(pathOf('x'), cutLog(long, long.length - 10));
    const { exitCode, stdout, stderr } = await convert('x');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Wrote out/x.csv with 499 rows.\n' });
    expect(stderr).toMatch(
      /\nnot whole: 499 events read; .*\n {2}LOG_CUT {2}the log ends inside the message at byte /,
    );
  });

  it('a file that is cut', async () => {
    const packed = zstdCompressSync(Buffer.concat(Array.from({ length: 40 }, () => long)));
    writeFileSync(pathOf('x'), packed.subarray(0, packed.length - 100));
    const { exitCode, stdout, stderr } = await convert('x');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Wrote out\/x\.csv with \d{4,5} rows\.\n$/);
    expect(stderr).toMatch(/\nnot whole: [\d,]+ events read; .*\n {2}CONTAINER_CUT {2}/);
  });

  it('a log with flipped bits', async () => {
    writeFileSync(pathOf('x'), flipBits(long, { seed: 5, count: 20 }));
    const { exitCode, stdout, stderr } = await convert('x');
    expect(exitCode).toBe(0);
    const rows = Number(/with (\d+) rows/.exec(stdout)?.[1]);
    expect(rows).toBeGreaterThan(450);
    expect(stderr).not.toContain('internal error');
    expect(readFileSync(pathOf('out', 'x.csv'), 'utf8').split('\r\n')).toHaveLength(rows + 2);
  });

  it('a bomb of events', async () => {
    const event = buildCanEvent(1n, [{ address: 0x101, bus: 0, data: [1, 2, 3] }]);
    const count = Math.ceil((80 * MIB) / event.length);
    writeFileSync(pathOf('x'), zstdCompressSync(Buffer.alloc(count * event.length, event)));
    const { exitCode, stdout, stderr } = await convert('x');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `Wrote out/x.csv with ${String(Math.floor((64 * MIB) / event.length))} rows.\n`,
    });
    expect(stderr).toMatch(
      /\n {2}SIZE_LIMIT {2}Reading stopped at the limit of 64 MiB of decompressed log, /,
    );
  });
});

describe('where nothing can be written', () => {
  it.each([
    { outDir: 'drive', reason: 'Cannot write drive: a file stands where the folder should be' },
    { outDir: 'drive/x', reason: 'Cannot write drive/x: a part of the path is a file, not a folder' },
  ])('$outDir', async ({ outDir, reason }) => {
    writeFileSync(pathOf('drive'), drive);
    expect(await convert('drive', '--out-dir', outDir)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `error OUTPUT_NOT_WRITABLE: ${reason}; choose another folder with --out-dir\n`,
    });
  });

  const disk = mountTinyDisk();
  afterAll(() => disk?.remove());

  it.skipIf(disk === undefined)('a disk that is full', async () => {
    const path = disk?.path ?? '';
    writeFileSync(pathOf('x'), Buffer.concat(Array.from({ length: 8 }, () => long)));
    const { exitCode, stdout, stderr } = await convert('x', '--out-dir', path);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(
      `\nerror DISK_FULL: Cannot write ${path}/x.csv: the disk is full; ` +
        'free some space or choose another folder with --out-dir\n  The run is kept; ',
    );
    expect(readdirSync(path)).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/full'))('a standard output that is full', async () => {
    writeFileSync(pathOf('x'), drive);
    const child = spawn(process.execPath, [CTS_PROGRAM, 'events', 'x'], {
      cwd: folder.path,
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    expect(await endOf(child)).toMatchObject({
      exitCode: 1,
      stderr: 'error OUTPUT_NOT_WRITABLE: Cannot write the output: ENOSPC: no space left on device, write\n',
    });
  });
});
