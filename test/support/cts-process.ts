import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import { CtsHome } from './cts-home.ts';
import { repository } from './repository.ts';

/** The program as users have it. */
export const CTS_PROGRAM = join(repository, 'dist/cts.cjs');

/** What a `cts` process left. */
export interface CtsEnd {
  /** Undefined when a signal killed it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a `cts` process is started. */
export interface CtsProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A process whose output can be read. */
export type CtsProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Where every `cts` of a test file is at home; the service that they started is stopped behind the last test. */
export const ctsHome = new CtsHome();

afterAll(() => ctsHome.remove());

/** Starts the built `cts`, with none of the settings of this machine; `npm test` builds it. */
export function spawnCts(args: readonly string[], { cwd, env }: CtsProcessOptions = {}): CtsProcess {
  if (!existsSync(CTS_PROGRAM)) throw new Error('dist/cts.cjs is missing: run npm run build first');
  return spawn(process.execPath, [CTS_PROGRAM, ...args], {
    cwd,
    env: { ...listForeignSettings(), ...ctsHome.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const OWN_SETTINGS = /^(CTS_.*|XDG_.*|CI|NO_COLOR|FORCE_COLOR)$/;

function listForeignSettings(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN_SETTINGS.test(name)));
}

/** Runs the built `cts` to its end. */
export function runCtsProcess(args: readonly string[], options: CtsProcessOptions = {}): Promise<CtsEnd> {
  return endOf(spawnCts(args, options));
}

/** Waits for a process to end, and gathers what it prints. */
export function endOf(child: ChildProcess): Promise<CtsEnd> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => stdout.push(piece));
  child.stderr?.on('data', (piece: Buffer) => stderr.push(piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const [out, err] = [stdout, stderr].map((pieces) => Buffer.concat(pieces).toString());
      resolve({ exitCode: code ?? undefined, stdout: out ?? '', stderr: err ?? '' });
    });
  });
}

/** Waits for the first piece that comes; after the end of the stream none will. */
export function firstPieceOf(stream: Readable): Promise<string> {
  return firstMatchOf(stream, /^[^]/);
}

/** Waits until a stream has said something; returns everything that it said. */
export function firstMatchOf(stream: Readable, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const listen = (piece: Buffer): void => {
      text += piece.toString();
      if (!wanted.test(text)) return;
      stream.off('data', listen);
      resolve(text);
    };
    stream.on('data', listen);
    stream.once('end', () => {
      reject(new Error(`The stream ended without ${String(wanted)}: ${text}`));
    });
  });
}
