import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that writes and reads HTTP/1.1 by hand: it can read slowly, and vanish. */
export class RawClient {
  readonly socket: Socket;
  readonly #pieces: string[] = [];
  #wake: (() => void) | undefined;
  #hasEnded = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#pieces.push(text);
      this.#wake?.();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#hasEnded = true;
      this.#wake?.();
    });
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Connects and asks for a path. */
  static async get(port: number, path: string, headers: readonly string[] = []): Promise<RawClient> {
    const client = await RawClient.connect(port);
    client.socket.write([`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n'));
    return client;
  }

  /** What came so far. */
  get received(): string {
    return this.#pieces.join('');
  }

  /** Settled when what came holds the text. */
  async waitFor(text: string): Promise<void> {
    // What was searched is not searched again: streams are long.
    let end = '';
    for (let piece = 0; ; piece++) {
      while (piece >= this.#pieces.length) {
        if (this.#hasEnded)
          throw new Error(`The connection ended before ${text} came: ${this.received.slice(-500)}`);
        await this.#waitForMore();
      }
      const searched = end + (this.#pieces[piece] ?? '');
      if (searched.includes(text)) return;
      end = searched.slice(-text.length);
    }
  }

  /** Settled when the server, or this side, has closed the connection. */
  async waitForEnd(): Promise<void> {
    while (!this.#hasEnded) await this.#waitForMore();
  }

  vanish(): void {
    this.socket.destroy();
  }

  #waitForMore(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
