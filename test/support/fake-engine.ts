import type { RequestHandlers } from '#protocol';
import { runCts } from '../../cli/cts.ts';
import { FakeTerminal, type TerminalKind } from './fake-terminal.ts';

/** How `cts` is run. */
export interface CtsCircumstances extends TerminalKind {
  readonly engine?: Partial<RequestHandlers>;
  readonly signal?: AbortSignal;
}

/** What `cts` left. */
export interface CtsOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cts` in this process, with an engine of which only the given requests work. */
export async function runFakeCts(args: readonly string[], kind: CtsCircumstances = {}): Promise<CtsOutcome> {
  const terminal = new FakeTerminal(kind);
  const exitCode = await runCts({
    args,
    version: '9.9.9',
    terminal,
    connect: () => Promise.resolve({ ...SILENT_ENGINE, ...kind.engine }),
    signal: kind.signal ?? new AbortController().signal,
  });
  return { exitCode, stdout: terminal.stdout.text, stderr: terminal.stderr.text };
}

const refuse = (): never => {
  throw new Error('This request was not expected');
};

const SILENT_ENGINE: RequestHandlers = {
  'tools/list': refuse,
  'runs/start': refuse,
  'logs/info': refuse,
  'logs/readEvents': refuse,
};
