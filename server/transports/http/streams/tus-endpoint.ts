import { ReadableStream } from 'node:stream/web';
import { Server } from '@tus/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { REQUESTS } from '#contract';
import type { CreateUploadParams } from '#protocol';
import type { StreamPorts } from '../http-ports.ts';
import { readPart } from '../request-reading.ts';
import { readIncomingBytes } from './incoming-body.ts';
import { ignoreNotifications } from './one-notification.ts';
import { TUS_PATH } from './tus-routes.ts';
import { TusStore } from './tus-store.ts';

/** A writer that was told to go has ended by then: the offset that HEAD tells is final. */
const LOCK_DRAIN_MS = 1;

type Metadata = Readonly<Record<string, string | null>>;

/** Answers tus 1.0 over the uploads of the service. */
export class TusEndpoint {
  readonly #ports: StreamPorts;
  readonly #server: Server;
  /** Failures behind the answers that the tus server made of them, where they are not of its own protocol. */
  readonly #failures = new WeakMap<object, Error>();

  constructor(ports: StreamPorts) {
    this.#ports = ports;
    this.#server = new Server({
      path: TUS_PATH,
      datastore: new TusStore(ports),
      maxSize: ports.settings.maxUploadBytes,
      relativeLocation: true,
      lockDrainTimeout: LOCK_DRAIN_MS,
      allowedOrigins: () => false,
      namingFunction: (_request, metadata) => this.#announce(_request.headers.get('upload-length'), metadata),
      onUploadFinish: async (_request, { id }) => {
        await this.#finalize(id);
        return {};
      },
      onResponseError: (request, error) => {
        if (error instanceof Error && !('status_code' in error)) this.#failures.set(request, error);
        return undefined;
      },
    });
  }

  /** Goes through Fastify's own reply, so that its headers and hooks are those of every other answer. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const question = createWebRequest(request);
    const answer = await this.#server.handleWeb(question);
    void reply.header('tus-resumable', '1.0.0');
    const failure = this.#failures.get(question);
    if (failure !== undefined) throw failure;
    return sendAnswer(reply, answer);
  }

  /** Makes the upload; its id is its name in tus. */
  async #announce(length: string | null, metadata: Metadata = {}): Promise<string> {
    const params = readAnnouncement(length, metadata);
    const { id } = await this.#ports.handlers['uploads/create'](params, {
      signal: this.#ports.closing,
      notify: ignoreNotifications,
    });
    return id;
  }

  async #finalize(uploadId: string): Promise<void> {
    const context = { signal: this.#ports.closing, notify: ignoreNotifications };
    await this.#ports.handlers['uploads/finalize']({ uploadId }, context);
  }
}

const Announced = z.object({ filename: z.string().default('upload'), sha256: z.string().exactOptional() });

function readAnnouncement(length: string | null, { filename, name, sha256 }: Metadata): CreateUploadParams {
  const given = readPart(
    Announced,
    { filename: filename ?? name ?? undefined, ...(typeof sha256 === 'string' && { sha256 }) },
    'metadata',
  );
  const announced = { ...given, ...(length !== null && { sizeBytes: Number(length) }) };
  return readPart(REQUESTS['uploads/create'].params, announced, 'metadata');
}

/** The address only has to be one: tus looks at the path. */
function createWebRequest({ raw, method, url, headers }: FastifyRequest): Request {
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const hasBody = method === 'POST' || method === 'PATCH';
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers: given,
    ...(hasBody && { body: ReadableStream.from(readIncomingBytes(raw)), duplex: 'half' }),
  });
}

/** Which pages may read answers is decided for the service as a whole. */
async function sendAnswer(reply: FastifyReply, answer: Response): Promise<FastifyReply> {
  for (const [name, value] of answer.headers)
    if (!name.startsWith('access-control-')) void reply.header(name, value);
  const text = await answer.text();
  return reply.code(answer.status).send(text === '' ? undefined : text);
}
