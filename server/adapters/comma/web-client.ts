import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { CTS_VERSION, CtsError } from '#protocol';
import { createSafeLookup, readSafeUrl, type Reach } from './address-check.ts';

/** What is asked of a server. */
export interface WebRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  /** Asked for each server on the way: what one may know need not be told to the next. */
  readonly headersFor: (url: URL) => OutgoingHttpHeaders;
  readonly signal: AbortSignal;
}

/** How the web is asked. */
export interface WebOptions {
  readonly reach: Reach;
  /** Longest time without a byte, also until the first one. */
  readonly timeoutMs: number;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly (number | undefined)[] = [301, 302, 303, 307, 308];

/** Asks public servers over https, and nobody else, wherever the addresses come from. */
export class WebClient {
  readonly #options: WebOptions;
  readonly #lookup: LookupFunction;
  readonly #agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };

  constructor(options: WebOptions) {
    this.#options = options;
    this.#lookup = createSafeLookup(options.reach);
  }

  /**
   * Follows redirections and answers with head and body; the caller reads the body to its end or destroys it.
   *
   * @throws {CtsError} COMMA_UNREACHABLE when there is no answer, DOWNLOAD_FAILED when where it leads is refused.
   */
  async send(request: WebRequest): Promise<IncomingMessage> {
    let url = readSafeUrl(request.url, undefined, this.#options.reach);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const answer = await this.#sendOnce(url, request);
      const { location } = answer.headers;
      if (location === undefined || !REDIRECTS.includes(answer.statusCode)) return answer;
      answer.destroy();
      url = readSafeUrl(location, url, this.#options.reach);
    }
    throw new CtsError(
      'DOWNLOAD_FAILED',
      `${url.host} sends from one address to the next, more than ${MOST_REDIRECTS} times`,
    );
  }

  /** Closes connections that are kept for later. */
  close(): void {
    this.#agents['http:'].destroy();
    this.#agents['https:'].destroy();
  }

  async #sendOnce(url: URL, { method, headersFor, signal }: WebRequest): Promise<IncomingMessage> {
    signal.throwIfAborted();
    const isSecure = url.protocol === 'https:';
    const { timeoutMs } = this.#options;
    const sent = (isSecure ? requestHttps : requestHttp)(url, {
      method,
      headers: { 'User-Agent': `cts/${CTS_VERSION}`, 'Accept-Encoding': 'identity', ...headersFor(url) },
      agent: this.#agents[isSecure ? 'https:' : 'http:'],
      lookup: this.#lookup,
      timeout: timeoutMs,
      signal,
    });
    let stoppable: { destroy(error: Error): unknown } = sent;
    const giveUp = (): unknown => stoppable.destroy(createSilence(url, timeoutMs));
    sent.on('timeout', giveUp);
    // A head that comes a byte at a time must not keep us either.
    const timer = setTimeout(giveUp, timeoutMs);
    try {
      const answer = await receiveHead(sent);
      stoppable = answer;
      return answer;
    } catch (error) {
      throw toWebError(error, url.host, signal);
    } finally {
      clearTimeout(timer);
    }
  }
}

function receiveHead(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Later failures reach whoever reads the answer.
    sent.once('response', resolve).on('error', reject).end();
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known; is this machine online?',
  EAI_AGAIN: 'its name could not be looked up; is this machine online?',
  ECONNREFUSED: 'it refuses connections',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'it does not answer',
  ENETUNREACH: 'the network is unreachable; is this machine online?',
  EHOSTUNREACH: 'it cannot be reached from this network',
};

/** Wraps what went wrong on the network. An aborted signal's reason and a CtsError are handed on as they are. */
export function toWebError(error: unknown, host: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof CtsError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  return new CtsError('COMMA_UNREACHABLE', `Cannot reach ${host}: ${reason}`, {
    details: { host },
    cause: error,
  });
}

/** The server of an address, which is all that may be told of it: the rest of a signed one is a secret. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an unreadable address';
}

/** How long a server asks to be left alone, in milliseconds; undefined where it does not. */
export function readRetryAfter({ headers }: IncomingMessage, nowMs: number): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const delayMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs);
}

function createSilence(url: URL, timeoutMs: number): CtsError {
  const message = `Cannot reach ${url.host}: it did not send anything for ${timeoutMs / 1000} s`;
  return new CtsError('COMMA_UNREACHABLE', message, { details: { host: url.host } });
}
