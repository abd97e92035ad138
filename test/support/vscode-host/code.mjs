#!/usr/bin/env node
/** Starts the stand-in for `code`; a program of its own because test-electron wants one that can be executed. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const child = spawn(
  process.execPath,
  [
    ...['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    fileURLToPath(new URL('code-stand-in.ts', import.meta.url)),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 130);
});
