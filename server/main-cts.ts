import { writeSync } from 'node:fs';
import process from 'node:process';
import { CTS_VERSION } from '#protocol';
import { runCts } from '../cli/cts.ts';
import { EXIT_INTERRUPTED } from '../cli/failure.ts';

/** The `cts` program: the command line joined to an engine in the same process. */
async function main(): Promise<void> {
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
  });
  process.once('SIGTERM', () => {
    interrupt.abort();
  });
  process.stdout.on('error', endWithoutReader);
  process.stderr.on('error', endWithoutReader);
  const exitCode = await runCts({
    args: process.argv.slice(2),
    version: CTS_VERSION,
    terminal: process,
    connect: async () => (await import('./main-engine.ts')).createEngine(),
    signal: interrupt.signal,
  });
  // Whoever interrupts does not wait for a slow reader to take what was written.
  if (exitCode === EXIT_INTERRUPTED) process.exit(exitCode);
  process.exitCode = exitCode;
}

/** A reader that went away, as `head` does, ends the program quietly; a full disk behind `>` does not. */
function endWithoutReader(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(0);
  writeSync(2, `error OUTPUT_NOT_WRITABLE: Cannot write the output: ${error.message}\n`);
  process.exit(1);
}

void main();
