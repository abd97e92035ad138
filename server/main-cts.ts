import process from 'node:process';
import { CTS_VERSION } from '#protocol';
import { runCts } from '../cli/cts.ts';

/** The `cts` program: the command line joined to an engine in the same process. */
async function main(): Promise<void> {
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
  });
  process.once('SIGTERM', () => {
    interrupt.abort();
  });
  // A reader that went away, as `head` does, ends the program quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await runCts({
    args: process.argv.slice(2),
    version: CTS_VERSION,
    terminal: process,
    connect: async () => (await import('./main-engine.ts')).createEngine(),
    signal: interrupt.signal,
  });
}

void main();
