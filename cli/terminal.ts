import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import { makeJsonHarmless } from './render/harmless-text.ts';

/** Where `cts` reads and writes: data goes to `stdout`, everything else to `stderr`. */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How the user wants to be spoken to. */
export interface OutputOptions {
  /** One JSON document on stdout instead of text for people. */
  readonly json?: boolean;
  /** Nothing on stderr but errors. */
  readonly quiet?: boolean;
  /** Progress even when stderr is no terminal. */
  readonly progress?: boolean;
  /** Undefined: colours on a terminal, unless NO_COLOR is set; elsewhere if FORCE_COLOR is. */
  readonly color?: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** The terminal with the user's wishes applied. */
export class Output {
  readonly options: OutputOptions;
  readonly #terminal: Terminal;
  readonly #signal: AbortSignal;

  /** @param signal Aborted when the user no longer waits for anything. */
  constructor(terminal: Terminal, options: OutputOptions, signal: AbortSignal) {
    this.#terminal = terminal;
    this.options = options;
    this.#signal = signal;
  }

  /** Whether progress is drawn over and over on one line. */
  get isInteractive(): boolean {
    return this.#terminal.stderr.isTTY === true && this.#terminal.env['CI'] === undefined;
  }

  /** Writes a line of data. Settles when there is room for more; rejects when the user does not want to wait for it. */
  async print(text: string): Promise<void> {
    const { stdout } = this.#terminal;
    if (!stdout.write(`${text}\n`)) await once(stdout, 'drain', { signal: this.#signal });
  }

  /** Writes bytes of data as they are. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    const { stdout } = this.#terminal;
    if (!stdout.write(bytes)) await once(stdout, 'drain', { signal: this.#signal });
  }

  /** Writes one JSON document. */
  async printJson(value: unknown): Promise<void> {
    await this.print(makeJsonHarmless(JSON.stringify(value, null, 2)));
  }

  /** Writes a JSON document of a stream of them: one line. */
  async printJsonLine(value: unknown): Promise<void> {
    await this.print(makeJsonHarmless(JSON.stringify(value)));
  }

  /** Warns of something that does not stop the work; silent under `--quiet`. */
  warn(text: string): void {
    this.note(`${this.styleNote('yellow', 'warning')}: ${text}`);
  }

  /** Tells the user something; silent under `--quiet`. */
  note(text: string): void {
    if (this.options.quiet !== true) this.#terminal.stderr.write(`${text}\n`);
  }

  /** Writes on stderr whatever the options. */
  writeError(text: string): void {
    this.#terminal.stderr.write(text);
  }

  /** Colours text meant for stdout, where colours are wanted. */
  style(style: Style, text: string): string {
    return this.#wantsColor(this.#terminal.stdout) ? paint(style, text) : text;
  }

  /** Colours text meant for stderr, where colours are wanted. */
  styleNote(style: Style, text: string): string {
    return this.#wantsColor(this.#terminal.stderr) ? paint(style, text) : text;
  }

  #wantsColor(stream: { readonly isTTY?: boolean }): boolean {
    const { env } = this.#terminal;
    const isRefused = (env['NO_COLOR'] ?? '') !== '';
    const isForced = !['', '0'].includes(env['FORCE_COLOR'] ?? '');
    return this.options.color ?? (!isRefused && (isForced || stream.isTTY === true));
  }
}

function paint(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
