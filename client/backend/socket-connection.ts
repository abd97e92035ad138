import { CtsError, PROTOCOL_VERSION } from '#protocol';
import { createMismatch, readBackendFacts } from './backend-facts.ts';
import type { BackendConnection, BackendFacts, RequestOptions } from './connection.ts';
import { memberOf, toCtsError } from './failure.ts';
import { NewsRouting } from './news-routing.ts';

/** What is needed of a WebSocket. */
export interface Socket {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly data?: unknown; readonly code?: number; readonly reason?: string }) => void,
  ): void;
}

/** Which service is meant. */
export interface SocketTarget {
  readonly url: URL;
  readonly token: string | undefined;
  readonly createSocket: (url: string, protocols: readonly string[]) => Socket;
  readonly timeoutMs: number;
}

const OPEN = 1;
/** Messages beyond this end the connection; saying so is kinder. */
const MOST_MESSAGE_BYTES = 1_000_000;

/** Where a service answers JSON-RPC. */
export function locateRpc(url: URL): string {
  const address = new URL('/v1/rpc', url);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

/** Reads the address of a service; `host:port` is meant as HTTP. @throws {CtsError} INVALID_CONFIGURATION */
export function readServiceUrl(text: string): URL {
  const url = URL.parse(/^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url !== null && ['http:', 'https:'].includes(url.protocol) && url.username + url.password === '')
    return url;
  throw new CtsError(
    'INVALID_CONFIGURATION',
    `The setting cts.service.url is "${text.slice(0, 200)}": http://HOST:PORT or https://HOST is expected`,
    { actions: ['Correct the setting, or empty it to use the backend of the extension.'] },
  );
}

/**
 * Opens a conversation with a running service.
 *
 * @throws {CtsError} SERVER_UNREACHABLE, CLIENT_TOO_OLD and what the service answers.
 */
export async function openSocketConnection(target: SocketTarget): Promise<BackendConnection> {
  const { url, token, createSocket, timeoutMs } = target;
  const protocols = ['cts.rpc', ...(token === undefined ? [] : [`cts.token.${token}`])];
  const socket = createSocket(locateRpc(url), protocols);
  const conversation = new SocketConversation(socket);
  const timer = setTimeout(() => {
    socket.close();
  }, timeoutMs);
  try {
    await conversation.opened;
    const facts = await conversation.introduce(url);
    return conversation.toConnection(facts);
  } catch (error) {
    socket.close();
    throw error instanceof CtsError ? error : createUnreachable(url, error);
  } finally {
    clearTimeout(timer);
  }
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

class SocketConversation {
  readonly opened: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #news = new NewsRouting();
  readonly #closed = Promise.withResolvers<string>();
  #nextId = 1;

  constructor(socket: Socket) {
    this.#socket = socket;
    const opened = Promise.withResolvers<undefined>();
    this.opened = opened.promise;
    socket.addEventListener('open', () => {
      opened.resolve(undefined);
    });
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') this.#take(data);
    });
    socket.addEventListener('close', ({ code, reason }) => {
      const why = `the connection ended (${[code, reason].filter(Boolean).join(' ') || 'without a reason'})`;
      opened.reject(new Error(why));
      this.#end(why);
    });
    // A close event follows.
    socket.addEventListener('error', () => undefined);
  }

  async introduce(url: URL): Promise<BackendFacts> {
    const params = { protocolVersion: PROTOCOL_VERSION, client: 'vscode' };
    try {
      const told = await this.request('initialize', params);
      return readBackendFacts({ ...(told as object), httpUrl: url.href });
    } catch (error) {
      const details = error instanceof CtsError ? error.details : {};
      const { protocolVersion, ctsVersion } = details;
      if (typeof protocolVersion === 'number') throw createMismatch(protocolVersion, String(ctsVersion));
      throw error;
    }
  }

  toConnection(facts: BackendFacts): BackendConnection {
    return {
      facts,
      closed: this.#closed.promise,
      request: (method, params, options) => this.request(method, params, options),
      close: async () => {
        this.#socket.close(1000);
        this.#end('it was closed');
      },
    };
  }

  async request(method: string, params: object, options: RequestOptions = {}): Promise<unknown> {
    const { signal, onNews } = options;
    signal?.throwIfAborted();
    const id = this.#nextId++;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    if (onNews !== undefined) this.#news.add(id, onNews);
    const cancel = (): void => {
      if (this.#socket.readyState === OPEN) this.#send({ method: '$/cancelRequest', params: { id } });
    };
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      this.#send({ id, method, params });
      return await answer.promise;
    } catch (error) {
      signal?.throwIfAborted();
      throw toCtsError(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#waiting.delete(id);
      this.#news.remove(id);
    }
  }

  #send(message: object): void {
    if (this.#socket.readyState !== OPEN) throw createClosed('the connection has ended');
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    if (text.length > MOST_MESSAGE_BYTES)
      throw new CtsError(
        'BODY_TOO_LARGE',
        `The request has ${text.length} characters, more than a service takes`,
      );
    this.#socket.send(text);
  }

  #take(text: string): void {
    const message = parseJson(text);
    const method = memberOf(message, 'method');
    if (typeof method === 'string') {
      this.#news.deliver(method, memberOf(message, 'params'));
      return;
    }
    const waiting = this.#waiting.get(Number(memberOf(message, 'id')));
    const error = memberOf(message, 'error');
    if (error !== undefined) waiting?.reject(error);
    else waiting?.resolve(memberOf(message, 'result'));
  }

  #end(why: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(createClosed(why));
    this.#closed.resolve(why);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function createClosed(why: string): CtsError {
  return new CtsError('SERVER_UNREACHABLE', `The CTS backend stopped: ${why}`);
}

function createUnreachable(url: URL, cause: unknown): CtsError {
  return new CtsError('SERVER_UNREACHABLE', `No CTS service answers at ${url.origin}`, {
    cause,
    actions: ['Check that it runs there, that cts.service.url is right, and that its token is set.'],
  });
}
