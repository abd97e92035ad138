import { createHash } from 'node:crypto';
import { CtsError } from '#protocol';
import type {
  ByteRange,
  ContentId,
  ContentStore,
  OpenContent,
} from '../../server/services/artifacts/content-store.ts';
import type { MemoryFiles } from './memory-files.ts';

const PIECE_BYTES = 65_536;

/** Keeps contents in memory; the files that it adopts and links are those of a disk in memory. */
export class MemoryContentStore implements ContentStore {
  readonly contents = new Map<string, Uint8Array>();
  /** Contents that were opened and not closed. */
  openCount = 0;
  /** While it is set, nothing is adopted, and this is thrown. */
  failure: Error | undefined;
  readonly #files: MemoryFiles;

  constructor(files: MemoryFiles = new Map()) {
    this.#files = files;
  }

  async adopt(path: string, content: ContentId): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    const bytes = this.#files.get(path);
    if (bytes?.length !== content.sizeBytes)
      throw new CtsError('TOOL_FAILED', `Cannot take over ${path}: it is not the file that it should be`);
    this.#files.delete(path);
    if (this.contents.get(content.sha256)?.length !== bytes.length) this.contents.set(content.sha256, bytes);
  }

  async open(content: ContentId): Promise<OpenContent> {
    const bytes = this.#get(content);
    this.openCount++;
    let isOpen = true;
    return {
      sizeBytes: bytes.length,
      read: (range) => readPieces(bytes, range),
      close: async () => {
        if (isOpen) this.openCount--;
        isOpen = false;
      },
    };
  }

  async link(content: ContentId, path: string): Promise<void> {
    this.#files.set(path, this.#get(content));
  }

  async verify(content: ContentId): Promise<'intact' | 'damaged' | 'missing'> {
    const bytes = this.contents.get(content.sha256);
    if (bytes === undefined) return 'missing';
    return bytes.length === content.sizeBytes && hash(bytes) === content.sha256 ? 'intact' : 'damaged';
  }

  async *list(): AsyncIterable<ContentId> {
    for (const [sha256, bytes] of [...this.contents]) yield { sha256, sizeBytes: bytes.length };
  }

  async remove(sha256: string): Promise<void> {
    this.contents.delete(sha256);
  }

  #get({ sha256, sizeBytes }: ContentId): Uint8Array {
    const bytes = this.contents.get(sha256);
    if (bytes?.length === sizeBytes) return bytes;
    throw new CtsError('ARTIFACT_LOST', `Content ${sha256} is lost`, { details: { sha256 } });
  }
}

async function* readPieces(
  bytes: Uint8Array,
  { start, end }: ByteRange = { start: 0, end: bytes.length },
): AsyncIterable<Uint8Array> {
  for (let at = start; at < Math.min(end, bytes.length); at += PIECE_BYTES)
    yield new Uint8Array(bytes.subarray(at, Math.min(at + PIECE_BYTES, end)));
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
