import { WebSocket } from 'ws';

/** What waits to be sent at most before writers are held back and nothing more is read. */
const MAX_WAITING_BYTES = 512 * 1024;

/** Sends and receives text over a WebSocket, no faster than the other side takes it. */
export class TextSocket {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Hears every frame of text. A frame of bytes is read as text too: what is none is refused like any bad message. */
  onText(take: (text: string) => void): void {
    this.#socket.on('message', (data) => {
      take(decodeFrame(data));
    });
  }

  /**
   * Sends one frame. Settled at once while little is waiting, and when it is on its way otherwise; when the socket has
   * closed, there is nobody to tell.
   */
  send(text: string): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.send(text, () => {
        this.#readOn();
        resolve();
      });
      if (this.#socket.bufferedAmount > MAX_WAITING_BYTES) this.#socket.pause();
      else resolve();
    });
  }

  /** Pings; a socket that left the last ping unanswered is closed. */
  keepAlive(everyMs: number): void {
    const socket = this.#socket;
    let isAnswered = true;
    socket.on('pong', () => {
      isAnswered = true;
    });
    const timer = setInterval(() => {
      if (!isAnswered) socket.terminate();
      else socket.ping();
      isAnswered = false;
    }, everyMs).unref();
    socket.once('close', () => {
      clearInterval(timer);
    });
  }

  #readOn(): void {
    if (this.#socket.isPaused && this.#socket.bufferedAmount <= MAX_WAITING_BYTES) this.#socket.resume();
  }
}

function decodeFrame(data: Buffer | ArrayBuffer | Buffer[]): string {
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString();
}
