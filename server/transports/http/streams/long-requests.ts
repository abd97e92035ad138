import type { Socket } from 'node:net';

const SENDERS = new WeakSet<Socket>();

/**
 * Lets the request that is on this socket take as long as it takes: an upload outlasts any time limit for requests.
 *
 * Node knows one limit for the whole server. Where it runs out, the server emits `clientError`, once for each request,
 * and leaves the socket to whoever listens: see `isLongRequest`.
 */
export function allowLongRequest(socket: Socket): void {
  SENDERS.add(socket);
}

/** Ends what `allowLongRequest` began: the next request on the socket is like any other. */
export function endLongRequest(socket: Socket): void {
  SENDERS.delete(socket);
}

/** Whether a request that took too long (`ERR_HTTP_REQUEST_TIMEOUT`) may go on. */
export function isLongRequest(socket: Socket): boolean {
  return SENDERS.has(socket);
}
