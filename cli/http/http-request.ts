import { type IncomingMessage, request as requestPlain } from 'node:http';
import type { Readable } from 'node:stream';

/** One request as it goes over the wire. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is sent as it comes; its length stands in the headers. */
  readonly body?: string | Readable;
  readonly signal: AbortSignal;
  /** The connection is given up when it is silent for so long. */
  readonly idleMs: number;
  readonly verifiesTls: boolean;
}

/** No answer, or one that broke off. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/**
 * Sends a request and returns as soon as the answer begins; its body is still to be read. Node's own client starts
 * three times as fast as `fetch`.
 *
 * @throws {ConnectionLost} When nobody answers; what the signal says when it is aborted.
 */
export async function sendRequest(sent: HttpRequest): Promise<IncomingMessage> {
  const request = sent.url.protocol === 'https:' ? (await import('node:https')).request : requestPlain;
  return new Promise((resolve, reject) => {
    const { method, headers, signal, idleMs, body } = sent;
    const outgoing = request(sent.url, {
      method,
      headers: { ...headers },
      signal,
      timeout: idleMs,
      rejectUnauthorized: sent.verifiesTls,
    });
    outgoing.once('response', resolve);
    outgoing.once('timeout', () => {
      outgoing.destroy(new Error(`no answer within ${idleMs / 1000} s`));
    });
    outgoing.on('error', (error) => {
      reject(toConnectionLost(error, signal));
    });
    if (body === undefined || typeof body === 'string') outgoing.end(body);
    else sendStream(body, outgoing);
  });
}

function sendStream(body: Readable, outgoing: ReturnType<typeof requestPlain>): void {
  body.once('error', (error) => outgoing.destroy(error));
  outgoing.once('close', () => body.destroy());
  body.pipe(outgoing);
}

/** Reads the pieces of a body. @throws {ConnectionLost} When it breaks off. */
export async function* readPieces(response: IncomingMessage, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const piece of response as AsyncIterable<Buffer>) yield piece;
  } catch (error) {
    throw toConnectionLost(error, signal);
  }
}

/** Reads a body as text. @throws {ConnectionLost} When it breaks off. */
export async function readText(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of readPieces(response, signal)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function toConnectionLost(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return error instanceof Error ? error : new Error(String(error));
  return error instanceof ConnectionLost ? error : new ConnectionLost(nameCause(error), { cause: error });
}

/** Several addresses may have been tried, which Node reports without a message. */
function nameCause(error: unknown): string {
  if (error instanceof AggregateError) return nameCause(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
