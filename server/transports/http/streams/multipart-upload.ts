import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REQUESTS } from '#contract';
import { UploadBody } from '#http-bodies';
import { type CreateUploadParams, CtsError, type RequestContext, type Upload } from '#protocol';
import { toUploadBody } from '../bodies/file-body.ts';
import type { DescribedRoute } from '../described-route.ts';
import type { StreamPorts } from '../http-ports.ts';
import { admitLongBodies, readIncomingBytes, watchCaller } from './incoming-body.ts';
import { ignoreNotifications } from './one-notification.ts';
import { readPart } from '../request-reading.ts';
import { receiveBytes } from './receive-bytes.ts';
import type { StreamTiming } from './stream-timing.ts';
import { checkDeclaredLength } from './upload-size.ts';

const MEDIA_TYPE = 'multipart/form-data';
/** Boundaries, names and fields around the file. */
const FORM_BYTES = 64 * 1024;
const LIMITS = { files: 1, fields: 10, parts: 11, fieldNameSize: 100, fieldSize: 1000, headerPairs: 50 };

/** What the documents say of forms. It shares verb and path with the route that announces an upload in JSON. */
export const MULTIPART_UPLOAD_ROUTE: DescribedRoute = {
  verb: 'POST',
  path: '/v1/uploads',
  group: 'Uploads',
  summary: 'Upload a file in one request',
  description: 'The field `file` is the file. A field `sha256` before it is compared with what came.',
  body: [
    {
      mediaType: MEDIA_TYPE,
      description:
        'One file in the field `file`; optional before it: `sha256`, hexadecimal, and `size`, in bytes',
    },
  ],
  answers: [
    {
      status: 201,
      description: 'The upload is complete and can be the input of runs',
      headers: { Location: 'Where the upload is described' },
      content: [{ mediaType: 'application/json', schema: UploadBody }],
    },
  ],
  errors: [
    'INVALID_REQUEST',
    'INVALID_PARAMETER',
    'UPLOAD_TOO_LARGE',
    'UPLOAD_TYPE_REFUSED',
    'UPLOAD_MISMATCH',
    'DISK_FULL',
  ],
};

/** Takes whole files from forms. */
export async function registerMultipartUpload(
  app: FastifyInstance,
  ports: StreamPorts,
  timing: StreamTiming,
): Promise<void> {
  await app.register(async (scope) => {
    admitLongBodies(scope, timing);
    // One byte more than allowed: what is too large is refused by whoever counts, not cut off here.
    const fileSize = ports.settings.maxUploadBytes + 1;
    await scope.register(multipart, { limits: { ...LIMITS, fileSize } });
    scope.route({
      method: 'POST',
      url: MULTIPART_UPLOAD_ROUTE.path,
      constraints: { media: MEDIA_TYPE },
      handler: (request, reply) => takeForm(request, reply, ports),
    });
  });
}

async function takeForm(
  request: FastifyRequest,
  reply: FastifyReply,
  ports: StreamPorts,
): Promise<FastifyReply> {
  const maxUploadBytes = ports.settings.maxUploadBytes + FORM_BYTES;
  checkDeclaredLength(request, {
    upload: { filename: 'the form', sizeBytes: null },
    offset: 0,
    maxUploadBytes,
  });
  const signal = watchCaller(reply, ports.closing);
  const reading = new FormReading(ports, { signal, notify: ignoreNotifications });
  try {
    const upload = await reading.take(readParts(request));
    return await reply
      .code(201)
      .header('location', `/v1/uploads/${encodeURIComponent(upload.id)}`)
      .send(toUploadBody(upload));
  } catch (error) {
    // What is left would wait behind a parser that nobody reads from.
    request.raw.unpipe();
    request.raw.resume();
    await reading.discard();
    throw error;
  }
}

/** @throws {CtsError} INVALID_REQUEST when the form is none, or has more in it than it may. */
async function* readParts(request: FastifyRequest): AsyncGenerator<Multipart, void, undefined> {
  try {
    yield* request.parts();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CtsError('INVALID_REQUEST', `Cannot read the form: ${reason}`, {
      actions: ['Send one file in the field "file", as multipart/form-data.'],
      cause,
    });
  }
}

/** A form as it comes: fields, then the file. */
class FormReading {
  readonly #ports: StreamPorts;
  readonly #context: RequestContext;
  readonly #fields = new Map<string, string>();
  #upload: Upload | undefined;

  constructor(ports: StreamPorts, context: RequestContext) {
    this.#ports = ports;
    this.#context = context;
  }

  /** Reads the form to its end. Returns the upload, complete. */
  async take(parts: AsyncIterable<Multipart>): Promise<Upload> {
    for await (const part of parts) {
      if (part.type === 'file') await this.#takeFile(part);
      else this.#takeField(part.fieldname, part.value);
    }
    if (this.#upload === undefined) throw refuseForm('it has no field "file" with a file');
    return this.#ports.handlers['uploads/finalize']({ uploadId: this.#upload.id }, this.#context);
  }

  /** Removes what came of a form that failed. */
  async discard(): Promise<void> {
    if (this.#upload === undefined) return;
    const context = { signal: new AbortController().signal, notify: ignoreNotifications };
    // The failure itself is what counts; an upload that was never completed is swept in the end.
    await this.#ports.handlers['uploads/delete']({ uploadId: this.#upload.id }, context).catch(
      () => undefined,
    );
  }

  #takeField(name: string, value: unknown): void {
    if (this.#upload !== undefined)
      throw refuseForm(`its field ${JSON.stringify(name)} comes behind the file`);
    if (typeof value === 'string' && value !== '') this.#fields.set(name, value);
  }

  async #takeFile({ fieldname, filename, file }: MultipartFile): Promise<void> {
    if (fieldname !== 'file') throw refuseForm(`its file is in the field ${JSON.stringify(fieldname)}`);
    const announced = this.#readAnnouncement(filename);
    this.#upload = await this.#ports.handlers['uploads/create'](announced, this.#context);
    const { signal } = this.#context;
    await receiveBytes(this.#ports, this.#upload.id, { bytes: readIncomingBytes(file), signal });
  }

  #readAnnouncement(filename: string): CreateUploadParams {
    const sha256 = this.#fields.get('sha256');
    const size = this.#fields.get('size');
    const announced = {
      filename,
      ...(sha256 !== undefined && { sha256 }),
      ...(size !== undefined && { sizeBytes: Number(size) }),
    };
    return readPart(REQUESTS['uploads/create'].params, announced, 'form');
  }
}

function refuseForm(reason: string): CtsError {
  return new CtsError('INVALID_REQUEST', `Cannot take the form: ${reason}`, {
    actions: ['Send one file in the field "file", and "sha256" or "size" before it.'],
  });
}
