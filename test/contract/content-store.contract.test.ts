import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { DiskContentStore } from '../../server/adapters/contents/disk-content-store.ts';
import type {
  ByteRange,
  ContentId,
  ContentStore,
  OpenContent,
} from '../../server/services/artifacts/content-store.ts';
import { MemoryContentStore } from '../support/memory-content-store.ts';
import type { MemoryFiles } from '../support/memory-files.ts';
import { randomBytes } from '../support/random.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

/** A store, and the files around it. */
interface Opened {
  readonly store: ContentStore;
  readonly write: (path: string, bytes: Uint8Array) => void;
  readonly read: (path: string) => Uint8Array | undefined;
  readonly remove: (path: string) => void;
}

const STORES: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] = [
  {
    name: 'disk',
    open: async () => ({
      store: await DiskContentStore.open(join(folder.path, 'contents')),
      write: (path, bytes) => writeFileSync(path, bytes),
      read: (path) => (existsSync(path) ? readFileSync(path) : undefined),
      remove: (path) => rmSync(path),
    }),
  },
  {
    name: 'memory',
    open: async () => {
      const files: MemoryFiles = new Map();
      return {
        store: new MemoryContentStore(files),
        write: (path, bytes) => void files.set(path, bytes),
        read: (path) => files.get(path),
        remove: (path) => void files.delete(path),
      };
    },
  },
];

const BYTES = Buffer.from(randomBytes(200_000, 1));
const CONTENT = identify(BYTES);

function identify(bytes: Uint8Array): ContentId {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
}

/** Buffers are compared as a whole; element by element would take a second each. */
async function readAll(content: OpenContent, range?: ByteRange): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content.read(range)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe.each(STORES)('content store: $name', ({ open }) => {
  let files: Opened;
  let store: ContentStore;
  const place = (name: string): string => join(folder.path, name);

  beforeEach(async () => {
    files = await open();
    store = files.store;
  });

  async function adopt(bytes: Uint8Array, path = place('file')): Promise<ContentId> {
    files.write(path, bytes);
    await store.adopt(path, identify(bytes));
    return identify(bytes);
  }

  it('takes over a file and gives its bytes', async () => {
    await adopt(BYTES);
    expect(files.read(place('file'))).toBeUndefined();
    const content = await store.open(CONTENT);
    expect(content.sizeBytes).toBe(BYTES.length);
    expect(BYTES.equals(await readAll(content))).toBe(true);
    await content.close();
  });

  it('takes over an empty file', async () => {
    const content = await store.open(await adopt(new Uint8Array(0)));
    expect(await readAll(content)).toHaveLength(0);
    await content.close();
  });

  it('keeps the same content once', async () => {
    await adopt(BYTES, place('one'));
    await adopt(BYTES, place('two'));
    expect(files.read(place('two'))).toBeUndefined();
    expect(await listAll()).toEqual([CONTENT]);
    expect(await store.verify(CONTENT)).toBe('intact');
  });

  it('takes the same content over many times at once', async () => {
    const paths = Array.from({ length: 8 }, (_, number) => place(`file-${number}`));
    await Promise.all(paths.map((path) => adopt(BYTES, path)));
    expect(await store.verify(CONTENT)).toBe('intact');
    expect(await listAll()).toEqual([CONTENT]);
  });

  it('refuses a file of another size, which stays', async () => {
    files.write(place('file'), BYTES);
    await expect(store.adopt(place('file'), { ...CONTENT, sizeBytes: 7 })).rejects.toMatchObject({
      code: 'TOOL_FAILED',
    });
    expect(files.read(place('file'))).toHaveLength(BYTES.length);
    expect(await listAll()).toEqual([]);
  });

  it('refuses a file that is not there', async () => {
    await expect(store.adopt(place('nothing'), CONTENT)).rejects.toThrow();
  });

  it.each([
    { start: 0, end: 0 },
    { start: 0, end: 1 },
    { start: 65_535, end: 65_537 },
    { start: 100_000, end: 200_000 },
    { start: 199_999, end: 200_000 },
  ])('reads from $start to $end', async ({ start, end }) => {
    await adopt(BYTES);
    const content = await store.open(CONTENT);
    expect(BYTES.subarray(start, end).equals(await readAll(content, { start, end }))).toBe(true);
    await content.close();
  });

  it('reads in pieces that are the caller’s', async () => {
    await adopt(BYTES);
    const content = await store.open(CONTENT);
    for await (const piece of content.read()) {
      expect(piece.length).toBeLessThanOrEqual(65_536);
      piece.fill(0);
    }
    expect(BYTES.equals(await readAll(content))).toBe(true);
    await content.close();
  });

  it('serves many readers at once, and one who stops early', async () => {
    await adopt(BYTES);
    const content = await store.open(CONTENT);
    const [one, other] = await Promise.all([readAll(content), readAll(content, { start: 5, end: 9 })]);
    expect([BYTES.equals(one), BYTES.subarray(5, 9).equals(other)]).toEqual([true, true]);
    for await (const piece of content.read()) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await content.close();
    await content.close();
  });

  it('reads to the end what is removed meanwhile', async () => {
    await adopt(BYTES);
    const content = await store.open(CONTENT);
    await store.remove(CONTENT.sha256);
    expect(BYTES.equals(await readAll(content))).toBe(true);
    await content.close();
    await expect(store.open(CONTENT)).rejects.toMatchObject({ code: 'ARTIFACT_LOST' });
  });

  it('says that content is lost when it is not there, or not of that size', async () => {
    await expect(store.open(CONTENT)).rejects.toMatchObject({ code: 'ARTIFACT_LOST' });
    await adopt(BYTES);
    const wrong = { ...CONTENT, sizeBytes: 1 };
    await expect(store.open(wrong)).rejects.toMatchObject({ code: 'ARTIFACT_LOST' });
    await expect(store.link(wrong, place('link'))).rejects.toMatchObject({ code: 'ARTIFACT_LOST' });
  });

  it('makes content appear as a file, which may go without harm', async () => {
    await adopt(BYTES);
    await store.link(CONTENT, place('link'));
    expect(BYTES.equals(files.read(place('link')) ?? new Uint8Array())).toBe(true);
    files.remove(place('link'));
    expect(await store.verify(CONTENT)).toBe('intact');
  });

  it('verifies what is there', async () => {
    expect(await store.verify(CONTENT)).toBe('missing');
    await adopt(BYTES);
    expect(await store.verify(CONTENT)).toBe('intact');
    expect(await store.verify({ ...CONTENT, sizeBytes: 1 })).toBe('damaged');
    const lie = { sha256: 'ab'.repeat(32), sizeBytes: 3 };
    files.write(place('lie'), new Uint8Array(3));
    await store.adopt(place('lie'), lie);
    expect(await store.verify(lie)).toBe('damaged');
  });

  it('lists everything, and removes, once or twice', async () => {
    const others = [await adopt(new Uint8Array([1])), await adopt(new Uint8Array([2]))];
    await adopt(BYTES);
    expect((await listAll()).map(({ sha256 }) => sha256).sort()).toEqual(
      [CONTENT, ...others].map(({ sha256 }) => sha256).sort(),
    );
    await store.remove(CONTENT.sha256);
    await store.remove(CONTENT.sha256);
    expect(await listAll()).toHaveLength(2);
  });

  async function listAll(): Promise<readonly ContentId[]> {
    const contents: ContentId[] = [];
    for await (const content of store.list()) contents.push(content);
    return contents;
  }
});
