import { once } from 'node:events';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';

/** Connects a WebSocket, until the test is over. */
export async function connectSocket(url: string, options: ClientOptions = {}): Promise<WebSocket> {
  const socket = new WebSocket(url.replace('http:', 'ws:'), options);
  onTestFinished(() => {
    socket.terminate();
  });
  await once(socket, 'open');
  return socket;
}

/** Speaks JSON-RPC by hand, for messages that no library sends. */
export class RawRpcClient {
  readonly socket: WebSocket;
  readonly messages: unknown[] = [];
  #wake: (() => void) | undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()));
      this.#wake?.();
    });
  }

  static async connect(url: string): Promise<RawRpcClient> {
    return new RawRpcClient(await connectSocket(`${url}/v1/rpc`));
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  request(id: unknown, method: string, params?: unknown): void {
    this.send({ jsonrpc: '2.0', id, method, params });
  }

  /** The first message that came, or will come, with this id. */
  async answerTo(id: unknown): Promise<unknown> {
    for (;;) {
      const found = this.messages.find((message) => (message as { readonly id?: unknown }).id === id);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** Speaks JSON-RPC as an editor does. */
export async function connectEditor(url: string): Promise<MessageConnection> {
  const socket = await connectSocket(`${url}/v1/rpc`);
  const connection = createMessageConnection(new SocketReader(socket), new SocketWriter(socket));
  connection.listen();
  return connection;
}

class SocketReader extends AbstractMessageReader implements MessageReader {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('close', () => {
      this.fireClose();
    });
  }

  listen(callback: DataCallback): Disposable {
    this.#socket.on('message', (data: Buffer) => {
      callback(JSON.parse(data.toString()) as Message);
    });
    return { dispose: () => undefined };
  }
}

class SocketWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
  }

  write(message: Message): Promise<void> {
    this.#socket.send(JSON.stringify(message));
    return Promise.resolve();
  }

  end(): void {
    this.#socket.close();
  }
}
