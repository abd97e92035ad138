import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { cleanEnvironment } from './service-process.ts';

/** Runs a program of Node from start to exit, with nothing of CTS set, and returns what it printed. */
export async function runProgram(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(),
  });
  const [printed, complaints] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (child.exitCode !== 0) throw new Error(`node ${args.join(' ')} failed: ${complaints}`);
  return printed;
}

/** Milliseconds from the start of a program of Node to its exit. */
export async function timeProgram(args: readonly string[]): Promise<number> {
  const startMs = performance.now();
  await runProgram(args);
  return performance.now() - startMs;
}
