import type { BackendState, PageFailure } from '#protocol';
import { OpenRequests } from './open-requests.ts';
import type { News, RequestOptions } from './page-host.ts';
import { readSocketMessage } from './socket-message.ts';

/** Requests over a WebSocket that comes back by itself. */
export interface SocketChannel {
  request(method: string, params: object, options?: RequestOptions): Promise<unknown>;
}

/** Where the engine is, and who wants to know how it is. */
export interface SocketChannelOptions {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly onBackend: (state: BackendState) => void;
}

/** Waits between attempts, in milliseconds; the last one for ever. */
const WAITS_MS = [200, 500, 1000, 2000, 5000];

const GONE: PageFailure = {
  code: 'SERVER_UNREACHABLE',
  message: 'The CTS service does not answer.',
  actions: ['Start it again: cts-lite'],
  details: {},
};

/** Opens the channel; requests wait for the connection. */
export function openSocketChannel({ url, protocols, onBackend }: SocketChannelOptions): SocketChannel {
  const requests = new OpenRequests();
  let attempts = 0;
  let socket = connect();
  const waiting: string[] = [];

  function connect(): WebSocket {
    const opened = new WebSocket(url, [...protocols]);
    opened.addEventListener('open', () => {
      attempts = 0;
      onBackend('ready');
      for (const text of waiting.splice(0)) opened.send(text);
    });
    opened.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') receive(data);
    });
    opened.addEventListener('close', () => {
      onBackend(attempts < WAITS_MS.length ? 'restarting' : 'stopped');
      requests.failAll(GONE);
      waiting.length = 0;
      setTimeout(() => (socket = connect()), WAITS_MS[Math.min(attempts, WAITS_MS.length - 1)]);
      attempts += 1;
    });
    return opened;
  }

  function receive(text: string): void {
    const message = readSocketMessage(text);
    if (message === undefined) return;
    if (message.kind === 'answer') requests.answer(message.id, message.result);
    else if (message.kind === 'failure') requests.fail(message.id, message.error);
    else requests.tell(message.id, { method: message.method, params: message.params } as News);
  }

  function send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
    else waiting.push(text);
  }

  return {
    request: (method, params, { signal, onNews } = {}) =>
      requests.begin({
        send: (id) => {
          send({ id, method, params });
        },
        takeBack: (id) => {
          send({ method: '$/cancelRequest', params: { id } });
        },
        signal,
        onNews,
      }),
  };
}
