import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { CtsError } from '#protocol';
import { allowLongRequest, endLongRequest } from './long-requests.ts';
import type { StreamTiming } from './stream-timing.ts';

/** Hands the bodies of a scope's requests to their handlers unread, whatever their media type says, or when none does. */
export function leaveBodiesUnread(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => {
    done(null);
  });
}

/** Lets requests of a scope send for as long as they go on sending. */
export function admitLongBodies(scope: FastifyInstance, { senderIdleMs, leftoverMs }: StreamTiming): void {
  scope.addHook('onRequest', ({ raw }, reply, done) => {
    const { socket } = raw;
    allowLongRequest(socket);
    // Node destroys a socket on which nothing happens for so long, and goes back to its own limit by itself.
    socket.setTimeout(senderIdleMs);
    raw.once('end', () => socket.setTimeout(0));
    reply.raw.once('close', () => {
      endLongRequest(socket);
    });
    reply.raw.once('finish', () => {
      cutLeftover(raw, leftoverMs);
    });
    done();
  });
}

/**
 * Node reads what is left of a body that nobody read, so that the sender gets to the answer. A sender that goes on and
 * on is cut off.
 */
function cutLeftover(request: IncomingMessage, leftoverMs: number): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), leftoverMs).unref();
  request.once('close', () => {
    clearTimeout(timer);
  });
}

/**
 * Reads what a sender sends, piece by piece. When the reader stops early, the rest stays unread, and the request can
 * still be answered.
 *
 * @throws {CtsError} UPLOAD_NOT_FINISHED when the sender went away.
 */
export async function* readIncomingBytes(source: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces: AsyncIterable<Uint8Array> = source.iterator({ destroyOnReturn: false });
  try {
    yield* pieces;
  } catch (cause) {
    throw new CtsError('UPLOAD_NOT_FINISHED', 'The sender went away before the end of what it was sending', {
      actions: ['Ask how many bytes have come, and send the rest.'],
      cause,
    });
  }
}

/** Aborted when the caller has gone or the service closes; for as long as a request is being answered. */
export function watchCaller(reply: FastifyReply, closing: AbortSignal): AbortSignal {
  const caller = new AbortController();
  const abort = (): void => {
    caller.abort();
  };
  if (closing.aborted) abort();
  closing.addEventListener('abort', abort);
  reply.raw.once('close', () => {
    closing.removeEventListener('abort', abort);
    abort();
  });
  return caller.signal;
}
