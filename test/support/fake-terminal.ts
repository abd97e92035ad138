import { Readable, Writable } from 'node:stream';
import type { Terminal } from '../../cli/terminal.ts';

/** What kind of terminal `cts` believes to have. */
export interface TerminalKind {
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What the user types. */
  readonly typed?: string;
}

/** A stream that keeps what is written. */
class CapturedStream extends Writable {
  readonly isTTY: boolean;
  readonly #pieces: Buffer[] = [];

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  get text(): string {
    return Buffer.concat(this.#pieces).toString('utf8');
  }

  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }
}

/** A terminal whose output can be read. */
export class FakeTerminal implements Terminal {
  readonly stdin: Readable & { readonly isTTY: boolean };
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly env: Readonly<Record<string, string>>;

  constructor({ isTTY = false, env = {}, typed = '' }: TerminalKind = {}) {
    this.stdin = Object.assign(Readable.from([Buffer.from(typed)]), { isTTY });
    this.stdout = new CapturedStream(isTTY);
    this.stderr = new CapturedStream(isTTY);
    this.env = env;
  }
}
