import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** Percent-decoded, without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers one request in a way of its own; `serve` answers it as usual. */
export type Mischief = (request: IncomingMessage, response: ServerResponse, serve: () => void) => void;

interface ServedFile {
  readonly bytes: Buffer;
  readonly etag: string | undefined;
}

/** comma's API and its file servers, on loopback, with every bad habit a server can have. */
export class FakeCommaApi {
  /** Only these tokens are let in where a path wants one. */
  readonly tokens = new Set<string>();
  readonly requests: SeenRequest[] = [];
  /** Bytes of bodies sent, by path. */
  readonly sentBytes = new Map<string, number>();
  readonly #server: Server;
  readonly #answers = new Map<string, { readonly body: unknown; readonly isPublic: boolean }>();
  readonly #files = new Map<string, ServedFile>();
  readonly #mischief = new Map<string, Mischief[]>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => this.#receive(request, response));
  }

  static async start(): Promise<FakeCommaApi> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeCommaApi(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers a path with JSON, to anyone or to who has a token. */
  answer(path: string, body: unknown, access: 'public' | 'token' = 'token'): void {
    this.#answers.set(path, { body, isPublic: access === 'public' });
  }

  /** Serves a file, and returns the signed address under which it is to be fetched. */
  serveFile(path: string, content: string | Buffer, etag?: string): string {
    this.#files.set(path, { bytes: Buffer.from(content), etag });
    return `${this.url}${path}?sig=s3cr3t%2Bsignature&se=2030`;
  }

  /** Lets the next requests for a path be answered otherwise, one each. */
  spoil(path: string, ...mischief: readonly Mischief[]): void {
    this.#mischief.set(path, [...(this.#mischief.get(path) ?? []), ...mischief]);
  }

  /** Requests for a path, as `GET bytes=4-`. */
  rangesOf(path: string): readonly string[] {
    return this.requests
      .filter((request) => request.path === path)
      .map(({ method, headers }) => [method, headers.range ?? []].flat().join(' '));
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url ?? '', this.url).pathname);
    this.requests.push({ method: request.method ?? '', path, headers: { ...request.headers } });
    const serve = (): void => this.#serve(path, request, response);
    const mischief = this.#mischief.get(path)?.shift();
    if (mischief === undefined) serve();
    else mischief(request, response, serve);
  }

  #serve(path: string, request: IncomingMessage, response: ServerResponse): void {
    const file = this.#files.get(path);
    if (file !== undefined) {
      const sent = serveBytes(file, request, response);
      this.sentBytes.set(path, (this.sentBytes.get(path) ?? 0) + sent);
      return;
    }
    const answer = this.#answers.get(path);
    const token = request.headers.authorization?.replace(/^JWT /, '');
    if (token !== undefined && !this.tokens.has(token))
      return void response.writeHead(401).end(`who is ${token}?`);
    if (answer?.isPublic === false && token === undefined) return void response.writeHead(401).end('log in');
    if (answer === undefined) return void response.writeHead(404).end('nothing');
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
  }
}

/** As a file server should: ranges, and `If-Range` by the tag. Returns how many bytes of the file it sends. */
function serveBytes({ bytes, etag }: ServedFile, request: IncomingMessage, response: ServerResponse): number {
  const condition = request.headers['if-range'];
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const tag = etag === undefined ? {} : { ETag: etag };
  if (match === null || (condition !== undefined && condition !== etag)) {
    send(response, { status: 200, bytes, headers: tag });
    return request.method === 'HEAD' ? 0 : bytes.length;
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? bytes.length - 1 : Math.min(Number(match[2]), bytes.length - 1);
  const isOutside = start >= bytes.length;
  const range = { 'Content-Range': `bytes ${isOutside ? '*' : `${start}-${end}`}/${bytes.length}` };
  const part = isOutside ? Buffer.alloc(0) : bytes.subarray(start, end + 1);
  send(response, { status: isOutside ? 416 : 206, bytes: part, headers: { ...tag, ...range } });
  return part.length;
}

interface Sent {
  readonly status: number;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { status, bytes, headers }: Sent): void {
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes);
}

/** Answers with a status, and nothing else. */
export function answerStatus(status: number, headers: Readonly<Record<string, string>> = {}): Mischief {
  return (_request, response) => void response.writeHead(status, headers).end();
}

/** Answers with these bytes under these headers, whatever was asked for. */
export function answerRaw(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Mischief {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

/** Promises a whole file, sends its beginning, and cuts the connection when that has arrived. */
export function cutAfter(beginning: string, { length, hasArrived, headers = {} }: CutOptions): Mischief {
  return (_request, response) => {
    response.writeHead(200, { 'Content-Length': String(length), ...headers });
    response.write(beginning);
    const cutInTime = (): void => {
      if (hasArrived() || response.destroyed) response.destroy();
      else setImmediate(cutInTime);
    };
    cutInTime();
  };
}

/** When a connection is cut. */
export interface CutOptions {
  /** Of the whole file. */
  readonly length: number;
  readonly hasArrived: () => boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves the whole file though a part was asked for. */
export function ignoreRange(): Mischief {
  return (request, _response, serve) => {
    delete request.headers.range;
    serve();
  };
}

/** Sends the beginning and then nothing, while the connection stays. */
export function stallAfter(content: string, bytes: number): Mischief {
  return (_request, response) => {
    response.writeHead(200, { 'Content-Length': String(content.length) });
    response.write(content.slice(0, bytes));
  };
}

/** Does not answer at all. */
export function keepSilent(): Mischief {
  return () => undefined;
}
