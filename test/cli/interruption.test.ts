import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, firstMatchOf, firstPieceOf, runCtsProcess, spawnCts } from '../support/cts-process.ts';
import { buildCanEvent } from '../support/message-builder.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const inputs = mkdtempSync(join(tmpdir(), 'cts-inputs-'));
const longLog = join(inputs, 'long.rlog.zst');
const UNLIMITED = ['--max-bytes', '1G'];

/** 256 MiB of log: seconds of work. */
function packLongLog(): Uint8Array {
  const event = buildCanEvent(1n, [{ address: 0x101, bus: 0, data: [1, 2, 3, 4, 5, 6, 7, 8] }]);
  return zstdCompressSync(Buffer.alloc(event.length * Math.floor(2 ** 28 / event.length), event));
}

beforeAll(() => {
  writeFileSync(longLog, packLongLog());
});

afterAll(() => {
  rmSync(inputs, { recursive: true, maxRetries: 20 });
});

describe('a conversion that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s is canceled and leaves no file', async (signal) => {
    const args = ['--progress', 'run', 'rlog-to-csv', '--path', longLog, ...UNLIMITED, '--out-dir', 'out'];
    const child = spawnCts(args, { cwd: folder.path });
    const end = endOf(child);
    // Work has begun when progress is told.
    await firstMatchOf(child.stderr, / % {2}reading long\.rlog\.zst\n/);
    child.kill(signal);
    const { exitCode, stdout, stderr } = await end;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    const [, id = ''] = /^Started run: (.*)\n/.exec(stderr) ?? [];
    expect(stderr.endsWith(`\nCanceled run ${id}.\nInterrupted.\n`)).toBe(true);
    expect(readdirSync(join(folder.path, 'out'))).toEqual([]);
    const { stdout: kept } = await runCtsProcess(['runs', 'get', id, '--json']);
    expect(JSON.parse(kept)).toMatchObject({ status: 'canceled', artifacts: [] });
  });

  it('ends at once for whoever insists', async () => {
    const args = ['--progress', 'run', 'rlog-to-csv', '--path', longLog, ...UNLIMITED, '--wait'];
    const child = spawnCts(args, { cwd: folder.path });
    const end = endOf(child);
    await firstMatchOf(child.stderr, / % {2}reading long\.rlog\.zst\n/);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await end).exitCode).toBe(130);
  });
});

describe('events', () => {
  it('end without a word when their reader has seen enough, as head has', async () => {
    const child = spawnCts(['events', longLog, ...UNLIMITED]);
    const end = endOf(child);
    expect(await firstPieceOf(child.stdout)).toMatch(/^\{"logMonoTime":"1",/);
    child.stdout.destroy();
    expect(await end).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('end when interrupted, though their reader takes none', async () => {
    const child = spawnCts(['events', longLog, ...UNLIMITED]);
    const exit = once(child, 'exit');
    await once(child.stdout, 'readable');
    child.kill('SIGINT');
    expect(await exit).toEqual([130, null]);
    child.stdout.destroy();
  });
});
