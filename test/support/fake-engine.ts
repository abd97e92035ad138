import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCts } from '../../cli/cts.ts';
import type { EngineHandlers } from '../../cli/request.ts';
import { FakeTerminal, type TerminalKind } from './fake-terminal.ts';

/** How `cts` is run. */
export interface CtsCircumstances extends TerminalKind {
  readonly engine?: Partial<EngineHandlers>;
  readonly signal?: AbortSignal;
  /** Folder in which `cts-lite.cjs` is, or is not. */
  readonly programFolder?: string;
}

/** What `cts` left. */
export interface CtsOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A home in which nothing is. */
const NO_HOME = join(tmpdir(), 'cts-no-home');

/** Runs `cts` in this process, with an engine of which only the given requests work, and nobody's configuration. */
export async function runFakeCts(args: readonly string[], kind: CtsCircumstances = {}): Promise<CtsOutcome> {
  const terminal = new FakeTerminal({
    ...kind,
    env: { HOME: NO_HOME, CTS_DATA_DIR: join(NO_HOME, 'data'), ...kind.env },
  });
  const exitCode = await runCts({
    args,
    version: '9.9.9',
    terminal,
    connect: () => Promise.resolve({ ...SILENT_ENGINE, ...kind.engine }),
    signal: kind.signal ?? new AbortController().signal,
    programFolder: kind.programFolder ?? NO_HOME,
  });
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

const refuse = (): never => {
  throw new Error('This request was not expected');
};

const SILENT_ENGINE: EngineHandlers = {
  'logs/info': refuse,
  'logs/readEvents': refuse,
  'dbc/lint': refuse,
  'dbc/rules': refuse,
  'dbc/describe': refuse,
  'dbc/text': refuse,
  'dbc/list': refuse,
  'dbc/match': refuse,
  'dbc/decode': refuse,
  'dbc/decodeText': refuse,
};
