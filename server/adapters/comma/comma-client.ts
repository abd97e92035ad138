import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import { CtsError } from '#protocol';
import type { Clock } from '../../services/clock.ts';
import type {
  CommaApi,
  CommaAsking,
  CommaRoute,
  CommaSegment,
  RouteFiles,
  SearchWindow,
} from '../../services/downloads/comma-api.ts';
import { waitFor } from './abortable-wait.ts';
import { isLoopback } from './address-check.ts';
import { CallLimit, type CallRate } from './call-limit.ts';
import { RouteFilesAnswer, SegmentsAnswer } from './comma-answers.ts';
import {
  createTokenMissing,
  hideToken,
  readCommaToken,
  redactToken,
  type TokenPlaces,
} from './comma-token.ts';
import { readRetryAfter, toWebError, WebClient } from './web-client.ts';

/** How comma's API is asked. */
export interface CommaOptions {
  readonly clock: Clock;
  readonly tokenPlaces: TokenPlaces;
  /** comma's own where left out. */
  readonly baseUrl?: string;
  /** For a whole call; 30 s where left out. */
  readonly timeoutMs?: number;
  /** What comma lets through before it answers 429; 5 calls in 60 s where left out. */
  readonly rate?: CallRate;
}

/** Where comma's API is. */
const COMMA_URL = 'https://api.comma.ai';

const MOST_ANSWER_BYTES = 8 * 1024 * 1024;
const MOST_BACK_OFFS = 3;
const BACK_OFF_MS = 60_000;
const LONGEST_BACK_OFF_MS = 300_000;

interface Question<Schema extends z.ZodType> {
  readonly path: string;
  readonly schema: Schema;
  /** What is asked for, to be told when there is no such thing. */
  readonly subject: string;
}

/** Asks comma's API, no faster than it likes. Nothing that it answers is believed. */
export class CommaClient implements CommaApi {
  readonly #options: CommaOptions;
  readonly #base: URL;
  readonly #web: WebClient;
  readonly #limit: CallLimit;

  constructor(options: CommaOptions) {
    const { baseUrl = COMMA_URL, timeoutMs = 30_000, rate = { calls: 5, windowMs: 60_000 } } = options;
    this.#options = { ...options, timeoutMs };
    this.#base = new URL(baseUrl);
    this.#web = new WebClient({ reach: reachOf(baseUrl), timeoutMs });
    this.#limit = new CallLimit(options.clock, rate);
  }

  async listFiles({ dongleId, logId }: CommaRoute, asking: CommaAsking): Promise<RouteFiles> {
    const subject = `${dongleId}|${logId}`;
    const path = `/v1/route/${encodeURIComponent(subject)}/files`;
    return this.#ask({ path, schema: RouteFilesAnswer, subject: `route ${subject}` }, asking);
  }

  async listSegments(
    dongleId: string,
    { fromMs, toMs }: SearchWindow,
    asking: CommaAsking,
  ): Promise<readonly CommaSegment[]> {
    const path = `/v1/device/${encodeURIComponent(dongleId)}/segments?from=${fromMs}&to=${toMs}`;
    return this.#ask({ path, schema: SegmentsAnswer, subject: `device ${dongleId}` }, asking);
  }

  /** Closes connections that are kept for later. */
  close(): void {
    this.#web.close();
  }

  async #ask<Schema extends z.ZodType>(
    question: Question<Schema>,
    { access, signal }: CommaAsking,
  ): Promise<z.output<Schema>> {
    const token = access === 'token' ? await readCommaToken(this.#options.tokenPlaces) : undefined;
    try {
      const answer = await this.#call(question.path, token, signal);
      return readAnswer(question.schema, answer);
    } catch (error) {
      throw hideToken(explainRefusal(error, question.subject, token), token);
    }
  }

  /** One call, and again when comma asks to wait, as long as that is bearable. */
  async #call(path: string, token: string | undefined, signal: AbortSignal): Promise<string> {
    const { clock } = this.#options;
    for (let backOffs = 0; ; backOffs++) {
      await this.#limit.take(signal);
      const outcome = await this.#callOnce(path, token, signal);
      if (typeof outcome === 'string') return outcome;
      if (backOffs === MOST_BACK_OFFS || outcome.waitMs > LONGEST_BACK_OFF_MS)
        throw createTooBusy(this.#base.host);
      await waitFor(clock, outcome.waitMs, signal);
    }
  }

  async #callOnce(
    path: string,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<string | { readonly waitMs: number }> {
    const deadline = AbortSignal.timeout(this.#options.timeoutMs ?? 0);
    const { host, origin } = this.#base;
    try {
      const answer = await this.#web.send({
        method: 'GET',
        url: new URL(path, this.#base).href,
        headersFor: (url) =>
          token !== undefined && url.origin === origin ? { Authorization: `JWT ${token}` } : {},
        signal: AbortSignal.any([signal, deadline]),
      });
      if (answer.statusCode === 200) return await readBody(answer);
      answer.destroy();
      if (answer.statusCode !== 429) throw new RefusedCall(host, answer.statusCode ?? 0);
      return { waitMs: readRetryAfter(answer, Date.parse(this.#options.clock.now())) ?? BACK_OFF_MS };
    } catch (error) {
      if (error instanceof RefusedCall) throw error;
      if (signal.aborted || !deadline.aborted) throw toWebError(error, host, signal);
      throw createTooSlow(host, error);
    }
  }
}

/** Servers on this machine may be asked only where the API itself is on it, as in tests. */
export function reachOf(baseUrl: string): 'public' | 'public-and-loopback' {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || isLoopback(host) ? 'public-and-loopback' : 'public';
}

class RefusedCall extends Error {
  readonly host: string;
  readonly status: number;

  constructor(host: string, status: number) {
    super(`${host} answered ${status}`);
    this.host = host;
    this.status = status;
  }
}

function explainRefusal(error: unknown, subject: string, token: string | undefined): unknown {
  if (!(error instanceof RefusedCall)) return error;
  const { host, status } = error;
  const details = { status };
  if (status === 404 || (status === 403 && token !== undefined)) {
    const message = `comma has no ${subject}, or the token gives no access to it`;
    return new CtsError('ROUTE_NOT_FOUND', message, { details });
  }
  if (status === 401 || status === 403) return explainStranger(subject, token);
  const message = `Cannot ask comma for ${subject}: ${host} answered HTTP ${status}`;
  return new CtsError('COMMA_UNREACHABLE', message, { details, actions: ['Try again later.'] });
}

function explainStranger(subject: string, token: string | undefined): CtsError {
  if (token === undefined) return createTokenMissing(`comma does not show ${subject} to strangers`);
  const message = `comma refused the token ${redactToken(token)}: it is wrong or has expired`;
  return new CtsError('COMMA_TOKEN_REFUSED', message, {
    actions: ['Log in again with openpilot/tools/lib/auth.py, or set COMMA_JWT anew.'],
  });
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length;
    // Leaving the loop destroys the answer.
    if (size > MOST_ANSWER_BYTES) throw createNonsense(`larger than ${MOST_ANSWER_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function readAnswer<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const read = schema.safeParse(parseJson(text));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw createNonsense(`not of the form expected, at "${issue?.path.join('.') ?? ''}"`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw createNonsense('no JSON');
  }
}

function createNonsense(what: string): CtsError {
  return new CtsError('DOWNLOAD_FAILED', `Cannot understand comma's answer: it is ${what}`);
}

function createTooBusy(host: string): CtsError {
  const message = `Cannot ask comma: ${host} has answered too many requests and asks to come back later (HTTP 429)`;
  return new CtsError('COMMA_UNREACHABLE', message, { actions: ['Try again in some minutes.'] });
}

function createTooSlow(host: string, cause: unknown): CtsError {
  return new CtsError('COMMA_UNREACHABLE', `Cannot ask comma: ${host} did not answer in time`, { cause });
}
