import type { Upload } from '#protocol';
import type { UploadChange, UploadStore } from '../../server/services/uploads/upload-store.ts';

/** Keeps uploads in memory. What goes in and comes out is copied, as it is by a database. */
export class MemoryUploadStore implements UploadStore {
  /** While it is set, every method fails with it. */
  failure: Error | undefined;
  readonly #uploads = new Map<string, Upload>();

  async add(upload: Upload): Promise<void> {
    this.#failIfTold();
    if (this.#uploads.has(upload.id)) throw new Error(`There is an upload ${upload.id} already`);
    this.#uploads.set(upload.id, structuredClone(upload));
  }

  async get(id: string): Promise<Upload | undefined> {
    this.#failIfTold();
    return structuredClone(this.#uploads.get(id));
  }

  async list(): Promise<readonly Upload[]> {
    this.#failIfTold();
    return structuredClone([...this.#uploads.values()].reverse());
  }

  async change(id: string, change: UploadChange): Promise<Upload | undefined> {
    this.#failIfTold();
    const upload = this.#uploads.get(id);
    if (upload === undefined) return undefined;
    const changed = structuredClone({ ...upload, ...change });
    this.#uploads.set(id, changed);
    return structuredClone(changed);
  }

  async remove(id: string): Promise<void> {
    this.#failIfTold();
    this.#uploads.delete(id);
  }

  /** Contents that uploads name. */
  listContents(): readonly string[] {
    return [...this.#uploads.values()].flatMap(({ sha256 }) => (sha256 === null ? [] : sha256.toLowerCase()));
  }

  #failIfTold(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}
