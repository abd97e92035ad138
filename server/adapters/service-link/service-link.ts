import { WebSocket } from 'ws';
import type { Notify, RequestContext } from '#protocol';
import { readToldFailure } from './told-failure.ts';

/** Where a service listens, and what it wants to be shown. */
export interface ServicePlace {
  readonly url: string;
  readonly token: string | undefined;
}

/** The service went away before it answered. */
export class LinkLost extends Error {
  override readonly name = 'LinkLost';
}

/** On this machine an answer takes milliseconds. */
const OPEN_MS = 3000;
/** Of one message of a service: a block of bytes in base64, and room to spare. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

interface OpenRequest {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly notify: Notify;
}

/** A conversation in JSON-RPC with a service of CTS. */
export class ServiceLink {
  /** Settled when the service has gone, or `close` was called. */
  readonly closed: Promise<unknown>;
  readonly #socket: WebSocket;
  readonly #open = new Map<number, OpenRequest>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    const closed = Promise.withResolvers<undefined>();
    this.closed = closed.promise;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#take(parseObject(data.toString()));
    });
    socket.once('close', () => {
      for (const { reject } of this.#open.values()) reject(new LinkLost('The service went away'));
      this.#open.clear();
      closed.resolve(undefined);
    });
    // A close follows.
    socket.on('error', () => undefined);
  }

  /** @returns Undefined where no service answers, or it does not let us in. */
  static open({ url, token }: ServicePlace): Promise<ServiceLink | undefined> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(new URL('/v1/rpc', url.replace(/^http/, 'ws')), {
      ...{ headers, handshakeTimeout: OPEN_MS, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false },
    });
    const link = new ServiceLink(socket);
    return new Promise((resolve) => {
      socket.once('open', () => {
        resolve(link);
      });
      void link.closed.then(() => {
        resolve(undefined);
      });
    });
  }

  /** @throws {CtsError} what the service answers. @throws {LinkLost} when it goes away before. */
  async request(method: string, params: unknown, { signal, notify }: RequestContext): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN) throw new LinkLost('The service went away');
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#open.set(id, { resolve, reject, notify });
    const takeBack = (): void => {
      this.#send({ method: '$/cancelRequest', params: { id } });
    };
    signal.addEventListener('abort', takeBack, { once: true });
    try {
      this.#send({ id, method, params });
      if (signal.aborted) takeBack();
      return await promise;
    } finally {
      signal.removeEventListener('abort', takeBack);
      this.#open.delete(id);
    }
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }), () => undefined);
  }

  #take({ id, method, params, result, error }: Readonly<Record<string, unknown>>): void {
    if (typeof method === 'string') this.#pass(method, params);
    else if (typeof id !== 'number') return;
    else if (error === undefined) this.#open.get(id)?.resolve(result);
    else this.#open.get(id)?.reject(readToldFailure(error));
  }

  #pass(method: string, params: unknown): void {
    const { requestId, ...news } = (params ?? {}) as { readonly requestId?: unknown };
    const request = typeof requestId === 'number' ? this.#open.get(requestId) : undefined;
    // The service has checked what it says.
    void request?.notify(method as Parameters<Notify>[0], news as Parameters<Notify>[1]);
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
