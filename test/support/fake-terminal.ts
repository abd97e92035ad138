import { Writable } from 'node:stream';
import type { Terminal } from '../../cli/terminal.ts';

/** What kind of terminal `cts` believes to have. */
export interface TerminalKind {
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A stream that keeps what is written. */
class CapturedStream extends Writable {
  text = '';
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk;
    done();
  }
}

/** A terminal whose output can be read. */
export class FakeTerminal implements Terminal {
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly env: Readonly<Record<string, string>>;

  constructor({ isTTY = false, env = {} }: TerminalKind = {}) {
    this.stdout = new CapturedStream(isTTY);
    this.stderr = new CapturedStream(isTTY);
    this.env = env;
  }
}
