import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { repository } from './repository.ts';
import { waitUntil } from './processes.ts';

/** The service as users have it; `npm test` builds it. */
const LITE_PROGRAM = join(repository, 'dist/cts-lite.cjs');

/** How a service is started. */
export interface LiteProcessOptions {
  readonly dataFolder: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A `cts-lite` of its own, on a free port. */
export class LiteProcess {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #output: readonly string[];

  private constructor(url: string, child: ChildProcess, output: readonly string[]) {
    this.url = url;
    this.pid = child.pid ?? 0;
    this.#child = child;
    this.#output = output;
  }

  /** Starts a service and waits until it answers. */
  static async start({ dataFolder, args = [], env = {} }: LiteProcessOptions): Promise<LiteProcess> {
    const child = spawnLite(['--port', '0', '--data-dir', dataFolder, ...args], env);
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece: Buffer) => output.push(piece.toString()));
    const readUrl = (): string | undefined => /CTS listens on (http:[^"\s]+)/.exec(output.join(''))?.[1];
    await waitUntil(() => readUrl() !== undefined || hasExited(child));
    const url = readUrl();
    if (url === undefined) throw new Error(`cts-lite did not start: ${output.join('')}`);
    return new LiteProcess(url, child, output);
  }

  /** What it has written so far. */
  get output(): string {
    return this.#output.join('');
  }

  /** Kills it without a warning, as a power cut does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await waitUntil(() => hasExited(this.#child));
  }

  /** Has it stop well. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    await waitUntil(() => hasExited(this.#child));
    return this.#child.exitCode;
  }

  async get(path: string): Promise<unknown> {
    return (await this.fetch(path)).json();
  }

  async post(path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? {} : { headers: JSON_TYPE, body: JSON.stringify(body) };
    return (await this.fetch(path, { method: 'POST', ...init })).json();
  }

  /** @throws Error when the answer is no success. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.url), init);
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return response;
  }

  /** Resident bytes, as the system counts them. */
  get residentBytes(): number {
    const [, pages = '0'] = readFileSync(`/proc/${String(this.pid)}/statm`, 'utf8').split(' ');
    return Number(pages) * 4096;
  }
}

/** Starts `cts-lite` with none of the settings of this machine. */
export function spawnLite(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, Readable> {
  if (!existsSync(LITE_PROGRAM)) throw new Error('dist/cts-lite.cjs is missing: run npm run build first');
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CTS_'));
  return spawn(process.execPath, [LITE_PROGRAM, ...args], {
    env: { ...Object.fromEntries(own), NODE_DISABLE_COMPILE_CACHE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
