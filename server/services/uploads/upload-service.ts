import { CtsError, type CreateUploadParams, type Upload } from '#protocol';
import type { ContentPins } from '../artifacts/content-pins.ts';
import type { ContentId, ContentStore } from '../artifacts/content-store.ts';
import type { Clock, CreateId } from '../clock.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { IncomingFiles, UploadStore } from './upload-store.ts';

/** What uploads need. */
export interface UploadPorts {
  readonly store: UploadStore;
  readonly incoming: IncomingFiles;
  readonly contents: ContentStore;
  readonly pins: ContentPins;
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly createId: CreateId;
  readonly limits: UploadLimits;
}

/** What may be uploaded. */
export interface UploadLimits {
  readonly maxUploadBytes: number;
  /** Lower case, with the dot; `''` stands for names without one. */
  readonly uploadExtensions: readonly string[];
}

/** Where the bytes of an upload go, and when to stop waiting for them. */
export interface ReceiveOptions {
  /** Where the bytes end that are there. Undefined: the bytes are the whole file and replace what is there. */
  readonly offset?: number;
  readonly signal: AbortSignal;
}

/** Files that clients hand over, piece by piece if need be: checked when they are whole, then kept by their content. */
export class UploadService {
  readonly #ports: UploadPorts;
  /** Who writes to which upload: a client may come back before its dead connection is noticed. */
  readonly #writers = new Map<string, Writer>();

  constructor(ports: UploadPorts) {
    this.#ports = ports;
  }

  /** @throws {CtsError} UPLOAD_TYPE_REFUSED by the name's extension, UPLOAD_TOO_LARGE by the declared size. */
  async create({ filename, sizeBytes, sha256 }: CreateUploadParams): Promise<Upload> {
    this.#checkType(filename);
    if (sizeBytes !== undefined) this.#checkSize(filename, sizeBytes);
    const upload: Upload = {
      id: this.#ports.createId(),
      filename,
      state: 'pending',
      sizeBytes: sizeBytes ?? null,
      receivedBytes: 0,
      sha256: sha256?.toLowerCase() ?? null,
      createdAt: this.#ports.clock.now(),
      completedAt: null,
    };
    await this.#ports.store.add(upload);
    return upload;
  }

  async list(): Promise<readonly Upload[]> {
    const uploads = await this.#ports.store.list();
    return Promise.all(uploads.map((upload) => this.#refresh(upload)));
  }

  async get(uploadId: string): Promise<Upload> {
    return this.#refresh(await this.#find(uploadId));
  }

  /**
   * Takes bytes. What came before the sender failed, or before `signal` stopped it, stays. Who wrote to the same upload
   * until now is stopped first.
   *
   * @throws {CtsError} UPLOAD_NOT_FOUND; UPLOAD_TOO_LARGE when more come than declared or allowed; UPLOAD_MISMATCH when
   * `offset` is not where the bytes end that are there; UPLOAD_IN_USE when it is complete; DISK_FULL.
   */
  async receive(
    uploadId: string,
    bytes: AsyncIterable<Uint8Array>,
    { offset, signal }: ReceiveOptions,
  ): Promise<Upload> {
    const writer = await this.#takeOver(uploadId, signal);
    try {
      const upload = await this.#find(uploadId);
      if (upload.state !== 'pending') throw createNotPending(upload);
      await this.#append(upload, bytes, { ...(offset !== undefined && { offset }), signal: writer.signal });
      return await this.#refresh(upload);
    } finally {
      writer.leave();
      if (this.#writers.get(uploadId) === writer) this.#writers.delete(uploadId);
    }
  }

  /**
   * Checks an upload and makes it usable; doing it again changes nothing.
   *
   * @throws {CtsError} UPLOAD_MISMATCH when size or hash are not what was declared: bytes that are missing may still
   * come, wrong ones are thrown away.
   */
  async finalize(uploadId: string): Promise<Upload> {
    const upload = await this.#find(uploadId);
    if (upload.state === 'completed') return upload;
    await this.#writers.get(uploadId)?.left;
    const { pins, clock } = this.#ports;
    const adopted = await this.#findAdopted(upload);
    const content = adopted ?? (await this.#checkIncoming(upload));
    pins.pin(content.sha256);
    try {
      if (adopted === undefined) await this.#adopt(uploadId, content);
      const change = { state: 'completed', completedAt: clock.now() } as const;
      return (await this.#ports.store.change(uploadId, change)) ?? throwNotFound(uploadId);
    } finally {
      pins.unpin(content.sha256);
    }
  }

  /** @throws {CtsError} UPLOAD_IN_USE while a run waits for it or reads it. */
  async delete(uploadId: string): Promise<Upload> {
    const upload = await this.#find(uploadId);
    const active = await this.#ports.runs.listActive();
    const user = active.find(({ input }) => input?.type === 'upload' && input.uploadId === uploadId);
    if (user !== undefined)
      throw new CtsError('UPLOAD_IN_USE', `Cannot remove upload ${uploadId}: run ${user.id} needs it`, {
        details: { upload_id: uploadId, run_id: user.id },
        actions: ['Cancel the run, or wait for its end.'],
      });
    this.#writers.get(uploadId)?.stop();
    await this.#writers.get(uploadId)?.left;
    await this.#ports.store.remove(uploadId);
    await this.#ports.incoming.remove(uploadId);
    return upload;
  }

  /** A service before may have died when the content was in its place, and that was not written down yet. */
  async #findAdopted({ id, receivedBytes, sizeBytes, sha256 }: Upload): Promise<ContentId | undefined> {
    if (receivedBytes === 0 || sha256 === null || sizeBytes !== receivedBytes) return undefined;
    if ((await this.#ports.incoming.measure(id)) > 0) return undefined;
    const content = { sha256, sizeBytes };
    return (await this.#ports.contents.verify(content)) === 'intact' ? content : undefined;
  }

  async #checkIncoming(upload: Upload): Promise<ContentId> {
    const { incoming } = this.#ports;
    await this.#checkWhole(upload, await incoming.measure(upload.id));
    if (upload.sizeBytes === 0) await this.#beginEmpty(upload.id);
    const content = await incoming.digest(upload.id);
    await this.#checkHash(upload, content.sha256);
    return content;
  }

  async #adopt(uploadId: string, { sha256, sizeBytes }: ContentId): Promise<void> {
    const { store, contents, incoming } = this.#ports;
    // Written first: whoever finds the file gone knows where it went.
    await store.change(uploadId, { sha256, sizeBytes, receivedBytes: sizeBytes });
    await contents.adopt(incoming.pathOf(uploadId), { sha256, sizeBytes });
  }

  async #append(
    upload: Upload,
    bytes: AsyncIterable<Uint8Array>,
    { offset, signal }: ReceiveOptions,
  ): Promise<void> {
    const { incoming, limits } = this.#ports;
    if (offset === undefined) await incoming.remove(upload.id);
    const there = await incoming.measure(upload.id);
    if (offset !== undefined && offset !== there)
      throw new CtsError(
        'UPLOAD_MISMATCH',
        `Cannot write at byte ${String(offset)} of upload ${upload.id}: ${String(there)} bytes are there`,
        { details: { upload_id: upload.id, received: there }, actions: ['Go on at the byte that is told.'] },
      );
    const limitBytes = Math.min(upload.sizeBytes ?? Infinity, limits.maxUploadBytes);
    await incoming.append(upload.id, bytes, { offset: there, limitBytes, signal });
  }

  async #takeOver(uploadId: string, signal: AbortSignal): Promise<Writer> {
    for (let other = this.#writers.get(uploadId); other !== undefined; other = this.#writers.get(uploadId)) {
      other.stop();
      await other.left;
    }
    const writer = new Writer(signal);
    this.#writers.set(uploadId, writer);
    return writer;
  }

  async #refresh(upload: Upload): Promise<Upload> {
    if (upload.state !== 'pending') return upload;
    return { ...upload, receivedBytes: await this.#ports.incoming.measure(upload.id) };
  }

  /** A file of which nothing has come yet may be a file without content, if that was declared. */
  async #checkWhole({ id, filename, sizeBytes }: Upload, received: number): Promise<void> {
    if (sizeBytes === received || (sizeBytes === null && received > 0)) return;
    const declared = sizeBytes ?? 'some';
    throw new CtsError(
      'UPLOAD_MISMATCH',
      `Upload ${id} of ${filename} has ${String(received)} bytes, and ${String(declared)} were expected`,
      { details: { upload_id: id, received, declared }, actions: ['Send the bytes that are missing.'] },
    );
  }

  #beginEmpty(uploadId: string): Promise<number> {
    const signal = new AbortController().signal;
    return this.#ports.incoming.append(uploadId, listNothing(), { offset: 0, limitBytes: 0, signal });
  }

  async #checkHash({ id, filename, sha256 }: Upload, found: string): Promise<void> {
    if (sha256 === null || sha256 === found) return;
    await this.#ports.incoming.remove(id);
    throw new CtsError('UPLOAD_MISMATCH', `Upload ${id} of ${filename} has another sha256 than declared`, {
      details: { upload_id: id, sha256: found, declared: sha256 },
      actions: ['Send the file again from its first byte.'],
    });
  }

  #checkType(filename: string): void {
    const { uploadExtensions } = this.#ports.limits;
    const extension = /\.[^.]*$/.exec(filename.toLowerCase())?.[0] ?? '';
    if (uploadExtensions.includes(extension)) return;
    const known = uploadExtensions.filter((each) => each !== '').join(', ');
    throw new CtsError(
      'UPLOAD_TYPE_REFUSED',
      `Cannot take ${filename}: files that end in ${extension || 'nothing'} are not read here`,
      {
        details: { filename, extension },
        actions: [`Upload one of ${known}.`],
      },
    );
  }

  #checkSize(filename: string, sizeBytes: number): void {
    const { maxUploadBytes } = this.#ports.limits;
    if (sizeBytes <= maxUploadBytes) return;
    throw new CtsError(
      'UPLOAD_TOO_LARGE',
      `Cannot take ${filename}: it has ${String(sizeBytes)} bytes, and ${String(maxUploadBytes)} are allowed`,
      {
        details: { sizeBytes, maxUploadBytes },
        actions: ['Raise max_upload_size_mb, or give a path on the machine of the service.'],
      },
    );
  }

  async #find(uploadId: string): Promise<Upload> {
    return (await this.#ports.store.get(uploadId)) ?? throwNotFound(uploadId);
  }
}

/** One sender of bytes. */
class Writer {
  readonly signal: AbortSignal;
  readonly #stopping = new AbortController();
  readonly #leaving = Promise.withResolvers<undefined>();

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#stopping.signal]);
  }

  get left(): Promise<unknown> {
    return this.#leaving.promise;
  }

  stop(): void {
    this.#stopping.abort();
  }

  leave(): void {
    this.#leaving.resolve(undefined);
  }
}

async function* listNothing(): AsyncIterable<Uint8Array> {
  // There is nothing.
}

function createNotPending({ id, state }: Upload): CtsError {
  return new CtsError('UPLOAD_IN_USE', `Cannot write to upload ${id}: it is ${state}`, {
    details: { upload_id: id, state },
    actions: ['Create a new upload.'],
  });
}

function throwNotFound(uploadId: string): never {
  throw new CtsError('UPLOAD_NOT_FOUND', `No upload with id ${uploadId}`, {
    details: { upload_id: uploadId },
    actions: ['Upload the file again: cts upload FILE'],
  });
}
