import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { CtsError } from '#protocol';
import type { Answers, Endpoint } from './answers.ts';
import { ConnectionLost, type HttpRequest, readText, sendRequest } from './http-request.ts';
import { chooseDelayMs, isPassingStatus, MAX_ATTEMPTS } from './retry.ts';
import { readServiceFailure } from './service-failure.ts';

/** Which service is asked, and how. */
export interface HttpClientOptions {
  readonly base: URL;
  readonly version: string;
  /** Key or token. */
  readonly apiKey?: string | undefined;
  readonly idleMs: number;
  readonly verifiesTls: boolean;
  readonly signal: AbortSignal;
  /** Default 3. */
  readonly attempts?: number;
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** What one request carries. */
export interface Asked {
  /** Stands for `{id}` in the path. */
  readonly id?: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Makes the body anew for each attempt. */
  readonly makeBody?: () => Readable;
  readonly idleMs?: number;
}

const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** Speaks HTTP to one service: authentication, retries, failures in our own words. */
export class HttpClient {
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  get base(): URL {
    return this.#options.base;
  }

  get signal(): AbortSignal {
    return this.#options.signal;
  }

  /** The same service, asked on behalf of something else. */
  with(changes: Partial<HttpClientOptions>): HttpClient {
    return new HttpClient({ ...this.#options, ...changes });
  }

  /** Asks for JSON. @throws {CtsError} What the service says, or SERVER_UNREACHABLE. */
  ask<E extends Endpoint>(endpoint: E, asked: Asked = {}): Promise<Answers[E]> {
    return this.#attempt(endpoint, asked, (response) => this.#readJson(endpoint, response));
  }

  /** Asks for a body that is read as it comes. @throws {CtsError} What the service says, or SERVER_UNREACHABLE. */
  open(endpoint: string, asked: Asked = {}): Promise<IncomingMessage> {
    return this.#attempt(endpoint, asked, (response) => Promise.resolve(response));
  }

  async #attempt<Answer>(
    endpoint: string,
    asked: Asked,
    read: (response: IncomingMessage) => Promise<Answer>,
  ): Promise<Answer> {
    const mayRepeat = canRepeat(endpoint, asked);
    const attempts = mayRepeat ? (this.#options.attempts ?? MAX_ATTEMPTS) : 1;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await sendRequest(this.#compose(endpoint, asked));
        const isAnswer = (response.statusCode ?? 500) < 400;
        if (isAnswer) return await read(response);
        const failure = await readServiceFailure(response, { asked: endpoint, signal: this.signal });
        if (attempt >= attempts || !isPassingStatus(response.statusCode)) throw failure;
        await this.#wait(attempt, response.headers['retry-after']);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        if (attempt >= attempts) throw toUnreachable(this.base, error);
        await this.#wait(attempt);
      }
    }
  }

  #wait(attempt: number, retryAfter?: string): Promise<void> {
    return sleep(chooseDelayMs(attempt, retryAfter), undefined, { signal: this.signal });
  }

  #compose(endpoint: string, asked: Asked): HttpRequest {
    const [method = '', template = ''] = endpoint.split(' ');
    const { signal, verifiesTls } = this.#options;
    const body = asked.json === undefined ? asked.makeBody?.() : JSON.stringify(asked.json);
    return {
      method,
      url: composeUrl(this.base, template, asked),
      headers: { ...this.#composeHeaders(body), ...asked.headers },
      signal,
      verifiesTls,
      idleMs: asked.idleMs ?? this.#options.idleMs,
      ...(body !== undefined && { body }),
    };
  }

  #composeHeaders(body: string | Readable | undefined): Record<string, string> {
    const { apiKey, version } = this.#options;
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': `cts/${version}` };
    if (apiKey !== undefined) headers['authorization'] = `Bearer ${apiKey}`;
    if (typeof body !== 'string') return headers;
    return {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    };
  }

  async #readJson<E extends Endpoint>(endpoint: E, response: IncomingMessage): Promise<Answers[E]> {
    const text = await readText(response, this.signal);
    try {
      return JSON.parse(text) as Answers[E];
    } catch (cause) {
      throw new CtsError(
        'SERVER_UNREACHABLE',
        `What answers at ${this.base.href} is no CTS service: ${endpoint} gave no JSON`,
        { cause, actions: ['Check the address given with --url, CTS_URL or in the configuration.'] },
      );
    }
  }
}

/** A second try must never do the work twice. */
function canRepeat(endpoint: string, { headers }: Asked): boolean {
  return REPEATABLE.has(endpoint.split(' ')[0] ?? '') || headers?.['idempotency-key'] !== undefined;
}

function composeUrl(base: URL, template: string, { id = '', query = {} }: Asked): URL {
  const path = template.replace('{id}', () => encodeURIComponent(id));
  const url = new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base);
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? (value as readonly string[]) : [value])
      if (item !== undefined) url.searchParams.append(name, String(item));
  }
  return url;
}

/** Tells that nobody answers at an address. */
export function toUnreachable(base: URL, cause: Error): CtsError {
  return new CtsError('SERVER_UNREACHABLE', `No service answers at ${base.href}: ${cause.message}`, {
    details: { url: base.href },
    cause,
    actions: [
      'Check that the service runs there and that the address is right (--url, CTS_URL or `cts config get url`).',
      'Without an address cts starts a service on this machine by itself.',
    ],
  });
}
