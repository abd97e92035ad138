import { DataStore, Upload as TusUpload } from '@tus/server';
import type { Readable } from 'node:stream';
import type { RequestContext } from '#protocol';
import type { StreamPorts } from '../http-ports.ts';
import { ignoreNotifications } from './one-notification.ts';
import { readIncomingBytes } from './incoming-body.ts';
import { receiveBytes } from './receive-bytes.ts';

/** Uploads as the tus server sees them. Nothing is kept here: the service's own records are the truth. */
export class TusStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly #ports: StreamPorts;

  constructor(ports: StreamPorts) {
    super();
    this.#ports = ports;
  }

  /** The upload was made when its name was asked for: see `namingFunction`. */
  override create(upload: TusUpload): Promise<TusUpload> {
    return Promise.resolve(upload);
  }

  override async getUpload(uploadId: string): Promise<TusUpload> {
    const upload = await this.#ports.handlers['uploads/get']({ uploadId }, this.#context);
    return new TusUpload({
      id: upload.id,
      offset: upload.receivedBytes,
      metadata: { filename: upload.filename },
      creation_date: upload.createdAt,
      ...(upload.sizeBytes !== null && { size: upload.sizeBytes }),
    });
  }

  override async write(stream: Readable, uploadId: string, offset: number): Promise<number> {
    const { closing: signal } = this.#ports;
    const { receivedBytes } = await receiveBytes(this.#ports, uploadId, {
      bytes: readIncomingBytes(stream),
      offset,
      signal,
    });
    return receivedBytes;
  }

  override async remove(uploadId: string): Promise<void> {
    await this.#ports.handlers['uploads/delete']({ uploadId }, this.#context);
  }

  get #context(): RequestContext {
    return { signal: this.#ports.closing, notify: ignoreNotifications };
  }
}
