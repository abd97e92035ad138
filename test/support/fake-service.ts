import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach } from 'vitest';
import { ERROR_TRAITS, type ErrorCode } from '#protocol';
import { CAPABILITIES, HEALTH, HEALTH_REPORT, METRICS, VERIFIED, VERSION } from './service-bodies.ts';

/** A request as the fake service got it. */
export interface HeardRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, request: HeardRequest) => void;

/** A service of which only what a test says works; it writes down what it is asked. */
class FakeService {
  readonly heard: HeardRequest[] = [];
  readonly #answers = new Map<string, readonly Answer[]>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
    this.answer('GET /v1/version', json(VERSION));
    this.answer('GET /v1/health', json(HEALTH));
    this.answer('GET /v1/health/comprehensive', json(HEALTH_REPORT));
    this.answer('GET /v1/capabilities', json(CAPABILITIES));
    this.answer('GET /v1/metrics', json(METRICS));
    this.answer('GET /v1/store/verify', json(VERIFIED));
  }

  /** Answers an endpoint such as `GET /v1/runs/{id}`: one after the other, the last again and again. */
  answer(endpoint: string, ...answers: readonly Answer[]): this {
    this.#answers.set(endpoint, answers);
    return this;
  }

  /** Requests to an endpoint. */
  heardAt(endpoint: string): readonly HeardRequest[] {
    return this.heard.filter((request) => matches(endpoint, request));
  }

  /** Bodies of requests to an endpoint, as JSON. */
  bodiesAt(endpoint: string): readonly unknown[] {
    return this.heardAt(endpoint).map(({ body }): unknown => JSON.parse(body.toString()));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '', 'http://x');
    const pieces: Buffer[] = [];
    try {
      for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
    } catch {
      // The caller has gone.
      return;
    }
    const request: HeardRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: incoming.headers,
      body: Buffer.concat(pieces),
    };
    this.heard.push(request);
    this.#choose(request)(response, request);
  }

  #choose(request: HeardRequest): Answer {
    for (const [endpoint, answers] of this.#answers) {
      if (!matches(endpoint, request)) continue;
      const [first, ...others] = answers;
      if (others.length > 0) this.#answers.set(endpoint, others);
      if (first !== undefined) return first;
    }
    return problem('ENDPOINT_NOT_FOUND', `${request.method} ${request.path} is not faked`);
  }
}

function matches(endpoint: string, { method, path }: HeardRequest): boolean {
  const [verb = '', template = ''] = endpoint.split(' ');
  return verb === method && new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

/** Answers with JSON. */
export function json(body: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** Answers with a failure. */
export function problem(
  code: string,
  detail: string,
  more: { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: object } = {},
): Answer {
  const traits = Object.hasOwn(ERROR_TRAITS, code) ? ERROR_TRAITS[code as ErrorCode] : undefined;
  const status = more.status ?? traits?.httpStatus ?? 500;
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...more.headers }).end(
      JSON.stringify({
        ...{ type: `/docs#${code}`, title: code, status, detail, code, error_code: code },
        ...{ error_category: traits?.category, suggested_actions: [], details: {}, request_id: 'req-1' },
        ...more.body,
      }),
    );
  };
}

/** Answers with text as it is. */
export function text(body: string, type = 'text/plain'): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': type }).end(body);
  };
}

/** Breaks the connection without a word. */
export const hangUp: Answer = (response) => {
  response.destroy();
};

/** Answers with bytes, and with a part of them when a range is asked for. */
export function bytes(content: Uint8Array): Answer {
  return (response, { headers }) => {
    const from = Number(/^bytes=(\d+)-$/.exec(String(headers['range'] ?? ''))?.[1] ?? 0);
    const part = content.subarray(from);
    const range = `bytes ${String(from)}-${String(content.length - 1)}/${String(content.length)}`;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': part.length,
      ...(from > 0 && { 'content-range': range }),
    });
    response.end(part);
  };
}

/** Begins to answer with bytes, and breaks the connection after some of them. */
export function bytesCutAfter(content: Uint8Array, count: number): Answer {
  return (response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, count), () => response.destroy());
  };
}

/** A fake service that runs during each test of the file that asks for it. */
export function useFakeService(): { readonly current: FakeService } {
  const holder = { current: new FakeService() };
  beforeEach(async () => {
    holder.current = await new FakeService().start();
  });
  afterEach(() => holder.current.close());
  return holder;
}
