import { createHash } from 'node:crypto';
import { ContentPins } from '../../server/services/artifacts/content-pins.ts';
import { createUploadHandlers } from '../../server/services/uploads/upload-requests.ts';
import { UploadService } from '../../server/services/uploads/upload-service.ts';
import type { UploadBytes } from '../../server/transports/http/http-ports.ts';
import { createCountedIds, FakeClock } from './fake-clock.ts';
import { MemoryContentStore } from './memory-content-store.ts';
import type { MemoryFiles } from './memory-files.ts';
import { MemoryIncomingFiles } from './memory-incoming-files.ts';
import { MemoryRunStore } from './memory-run-store.ts';
import { MemoryUploadStore } from './memory-upload-store.ts';

/** Takes uploads into memory, by the service's own rules. */
export class UploadDesk {
  readonly files: MemoryFiles = new Map();
  readonly incoming = new MemoryIncomingFiles(this.files);
  /** Contents of uploads that are complete. */
  readonly kept = new MemoryContentStore(this.files);
  readonly service: UploadService;
  readonly handlers: ReturnType<typeof createUploadHandlers>;
  readonly uploads: UploadBytes;
  readonly maxUploadBytes: number;

  constructor(maxUploadBytes = 5_000_000) {
    this.maxUploadBytes = maxUploadBytes;
    this.service = new UploadService({
      ...{ store: new MemoryUploadStore(), incoming: this.incoming, contents: this.kept },
      ...{ pins: new ContentPins(), runs: new MemoryRunStore(), clock: new FakeClock() },
      createId: createCountedIds('upload'),
      limits: { maxUploadBytes, uploadExtensions: ['.zst', '.csv'] },
    });
    this.handlers = createUploadHandlers(this.service);
    this.uploads = this.service;
  }

  /** Bytes of an upload that have come, as text. */
  textOf(uploadId: string): string {
    return Buffer.from(this.files.get(this.incoming.pathOf(uploadId)) ?? []).toString();
  }

  /** Whether content with this hash was kept. */
  holds(bytes: Uint8Array | string): boolean {
    return this.kept.contents.has(hashOf(bytes));
  }
}

/** SHA-256, hexadecimal. */
export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
