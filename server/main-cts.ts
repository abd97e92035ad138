import { realpathSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { CTS_VERSION } from '#protocol';
import { EXIT_INTERRUPTED } from '../cli/exit-codes.ts';

/** The `cts` program: the command line, joined to what reads logs in the same process. */
async function main(): Promise<void> {
  process.stdout.on('error', endWithoutReader);
  process.stderr.on('error', endWithoutReader);
  const args = process.argv.slice(2);
  if (args.length === 1 && ['--version', '-V'].includes(args[0] ?? '')) {
    process.stdout.write(`${CTS_VERSION}\n`);
    return;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(interrupt));
  const { runCts } = await import('../cli/cts.ts');
  const exitCode = await runCts({
    args,
    version: CTS_VERSION,
    terminal: process,
    connect: async () => (await import('./main-engine.ts')).createEngine(),
    signal: interrupt.signal,
    programFolder: dirname(realpathSync(process.argv[1] ?? '.')),
  });
  // Whoever interrupts does not wait for a slow reader to take what was written.
  if (exitCode === EXIT_INTERRUPTED) process.exit(exitCode);
  process.exitCode = exitCode;
}

/** The first time the service is asked to stop what we wait for; whoever insists leaves at once. */
function stop(interrupt: AbortController): void {
  if (interrupt.signal.aborted) process.exit(EXIT_INTERRUPTED);
  interrupt.abort();
}

/** A reader that went away, as `head` does, ends the program quietly; a full disk behind `>` does not. */
function endWithoutReader(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(0);
  writeSync(2, `error OUTPUT_NOT_WRITABLE: Cannot write the output: ${error.message}\n`);
  process.exit(1);
}

void main();
