import type { Readable } from 'node:stream';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-languageserver/node';
import type { CtsError } from '#protocol';
import { describeError } from '../rpc/error-body.ts';
import { FrameDecoder } from './frame-decoder.ts';
import { isMessage, refuseShape } from './message-shape.ts';
import type { EditorTransport } from './transport.ts';

/** The two ends of a stream of messages. */
export interface StreamEnds {
  readonly input: Readable;
  /** Writes bytes; settled when more may be written. */
  readonly write: (bytes: Buffer) => Promise<void>;
}

/** Speaks over a stream of bytes, as language servers do over stdin and stdout; broken framing is answered and survived. */
export function createStreamTransport({ input, write }: StreamEnds): EditorTransport {
  const writer = new StreamWriter(write);
  const refuse = (failure: CtsError): void => void writer.write(describeRefusal(failure));
  return { reader: new StreamReader(input, refuse), writer };
}

class StreamReader extends AbstractMessageReader {
  readonly #input: Readable;
  readonly #refuse: (failure: CtsError) => void;

  constructor(input: Readable, refuse: (failure: CtsError) => void) {
    super();
    this.#input = input;
    this.#refuse = refuse;
    input.once('close', () => {
      this.fireClose();
    });
    input.once('end', () => {
      this.fireClose();
    });
    // What cannot be read any more is closed next.
    input.on('error', () => undefined);
  }

  listen(take: DataCallback): Disposable {
    const decoder = new FrameDecoder({
      onMessage: (message) => {
        if (isMessage(message)) take(message);
        else this.#refuse(refuseShape());
      },
      onBroken: this.#refuse,
    });
    const add = (piece: Buffer): void => {
      decoder.add(piece);
    };
    this.#input.on('data', add);
    return { dispose: () => void this.#input.off('data', add) };
  }
}

class StreamWriter extends AbstractMessageWriter {
  readonly #write: StreamEnds['write'];

  constructor(write: StreamEnds['write']) {
    super();
    this.#write = write;
  }

  /** Never rejects: where nobody reads any more, the end of the stream tells. */
  async write(message: Message): Promise<void> {
    const body = Buffer.from(JSON.stringify(message));
    const header = Buffer.from(`Content-Length: ${body.length}\r\n\r\n`);
    await this.#write(Buffer.concat([header, body])).catch(() => undefined);
  }

  end(): void {
    // The stream belongs to the process.
  }
}

function describeRefusal(failure: CtsError): Message & object {
  const { message, ...data } = describeError(failure);
  return { jsonrpc: '2.0', id: null, error: { code: failure.traits.rpcCode, message, data } } as Message;
}
