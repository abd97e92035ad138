import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { DiskIncomingFiles } from '../../server/adapters/data-folder/disk-incoming-files.ts';
import type { IncomingFiles } from '../../server/services/uploads/upload-store.ts';
import type { MemoryFiles } from '../support/memory-files.ts';
import { MemoryIncomingFiles } from '../support/memory-incoming-files.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

interface Opened {
  readonly incoming: IncomingFiles;
  readonly readFile: (path: string) => Uint8Array | undefined;
}

const STORES: readonly { readonly name: string; readonly open: () => Opened }[] = [
  {
    name: 'disk',
    open: () => ({ incoming: new DiskIncomingFiles(folder.path), readFile: (path) => readFileSync(path) }),
  },
  {
    name: 'memory',
    open: () => {
      const files: MemoryFiles = new Map();
      return { incoming: new MemoryIncomingFiles(files), readFile: (path) => files.get(path) };
    },
  },
];

const { signal } = new AbortController();

async function* send(...pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

async function* sendAndFail(piece: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(piece);
  throw new Error('The line is dead');
}

describe.each(STORES)('incoming files: $name', ({ open }) => {
  let incoming: IncomingFiles;
  let textOf: (uploadId: string) => string;

  beforeEach(() => {
    const { incoming: opened, readFile } = open();
    incoming = opened;
    textOf = (uploadId) => Buffer.from(readFile(opened.pathOf(uploadId)) ?? []).toString();
  });

  const append = (bytes: AsyncIterable<Uint8Array>, offset = 0, limitBytes = 100): Promise<number> =>
    incoming.append('upload-1', bytes, { offset, limitBytes, signal });

  it('has nothing in the beginning', async () => {
    expect(await incoming.measure('upload-1')).toBe(0);
    expect(await incoming.list()).toEqual([]);
    await incoming.remove('upload-1');
  });

  it('puts one stretch behind the other', async () => {
    expect(await append(send('ab', '', 'cde'))).toBe(5);
    expect(await append(send('fg'), 5)).toBe(7);
    expect(await incoming.measure('upload-1')).toBe(7);
    expect(textOf('upload-1')).toBe('abcdefg');
    expect(await incoming.list()).toEqual(['upload-1']);
  });

  it('refuses an offset that is not the end', async () => {
    await append(send('abc'));
    for (const offset of [0, 2, 4])
      await expect(append(send('x'), offset)).rejects.toMatchObject({ code: 'UPLOAD_MISMATCH' });
    expect(textOf('upload-1')).toBe('abc');
  });

  it('never grows beyond the limit, and keeps what came before', async () => {
    await expect(append(send('abc', 'def'), 0, 5)).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    expect(textOf('upload-1')).toBe('abc');
    expect(await append(send('de'), 3, 5)).toBe(5);
  });

  it('keeps what came before the sender failed', async () => {
    await expect(append(sendAndFail('abc'))).rejects.toThrow('The line is dead');
    expect(await incoming.measure('upload-1')).toBe(3);
  });

  it('stops when told to, even while nothing comes, and lets the sender go', async () => {
    const stop = new AbortController();
    let isLetGo = false;
    const stalling: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        let count = 0;
        return {
          next: () => {
            if (count++ === 0) return Promise.resolve({ done: false, value: Buffer.from('abc') });
            stop.abort(new Error('Another writer came'));
            return new Promise(() => undefined);
          },
          return: () => {
            isLetGo = true;
            return Promise.resolve({ done: true, value: undefined });
          },
        };
      },
    };
    const options = { offset: 0, limitBytes: 100, signal: stop.signal };
    await expect(incoming.append('upload-1', stalling, options)).rejects.toThrow('Another writer came');
    expect(isLetGo).toBe(true);
    expect(await append(send('def'), 3)).toBe(6);
  });

  it('writes nothing when it was told to stop before', async () => {
    const options = { offset: 0, limitBytes: 100, signal: AbortSignal.abort(new Error('Too late')) };
    await expect(incoming.append('upload-1', send('abc'), options)).rejects.toThrow('Too late');
    expect(await incoming.measure('upload-1')).toBe(0);
  });

  it('lets a second writer in when the first is done', async () => {
    const first = append(send('abc', 'def'));
    const second = append(send('ghi'), 6);
    expect(await Promise.all([first, second])).toEqual([6, 9]);
    expect(textOf('upload-1')).toBe('abcdefghi');
  });

  it('hashes what is there', async () => {
    const bytes = Buffer.alloc(300_000, 'cts');
    await incoming.append('upload-1', send(bytes.toString()), { offset: 0, limitBytes: 1e6, signal });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await incoming.digest('upload-1')).toEqual({ sha256, sizeBytes: 300_000 });
    const empty = createHash('sha256').digest('hex');
    expect(await incoming.digest('upload-2')).toEqual({ sha256: empty, sizeBytes: 0 });
  });

  it('removes what came', async () => {
    await append(send('abc'));
    await incoming.remove('upload-1');
    expect(await incoming.measure('upload-1')).toBe(0);
    expect(await incoming.list()).toEqual([]);
  });

  it.each(['', '..', '../escape', 'a/b', 'a\\b', 'a\0b'])('knows no upload %j', async (id) => {
    const refusal = { code: 'UPLOAD_NOT_FOUND' };
    const options = { offset: 0, limitBytes: 9, signal };
    expect(() => incoming.pathOf(id)).toThrow(expect.objectContaining(refusal));
    await expect(incoming.measure(id)).rejects.toMatchObject(refusal);
    await expect(incoming.append(id, send('x'), options)).rejects.toMatchObject(refusal);
    await expect(incoming.remove(id)).rejects.toMatchObject(refusal);
    await expect(incoming.digest(id)).rejects.toMatchObject(refusal);
  });
});
