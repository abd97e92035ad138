import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-languageserver/node';
import { isMessage } from './message-shape.ts';
import type { EditorTransport } from './transport.ts';

/** As much of a process as messages need: the own one, towards the one that forked it. */
export interface MessagePort {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
  send?(message: object, callback: (error: Error | null) => void): boolean;
}

/** Speaks over the channel that Node makes between a process and the one that forked it. */
export function createProcessTransport(port: MessagePort): EditorTransport {
  return { reader: new PortReader(port), writer: new PortWriter(port) };
}

class PortReader extends AbstractMessageReader {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.once('disconnect', () => {
      this.fireClose();
    });
  }

  listen(take: DataCallback): Disposable {
    const pass = (message: unknown): void => {
      if (isMessage(message)) take(message);
    };
    this.#port.on('message', pass);
    return { dispose: () => void this.#port.off('message', pass) };
  }
}

class PortWriter extends AbstractMessageWriter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
  }

  /** Settled when the channel has taken the message. Never rejects: where nobody listens, `disconnect` tells. */
  write(message: Message): Promise<void> {
    return new Promise((resolve) => {
      try {
        if (this.#port.send === undefined) throw new Error('Nobody forked this process');
        this.#port.send(message, () => {
          resolve();
        });
      } catch {
        resolve();
      }
    });
  }

  end(): void {
    // The channel belongs to the process.
  }
}
