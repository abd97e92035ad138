import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import process from 'node:process';

/** Signals that end a task. The terminal sends Ctrl-C to the child as well; the others are handed on. */
const ENDING_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a script with a given Node and waits for its end. The child, and whatever it starts, finds that Node
 * first in its PATH. A child ended by a signal ends this process by the same signal.
 *
 * @param {string} node Path of the Node to run.
 * @param {readonly string[]} command Script and its arguments.
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} options With `quiet`, only what the
 *   child prints on stderr is seen.
 * @returns {Promise<number>} The child's exit code.
 */
export function runProcess(node, command, options) {
  const child = spawn(node, command, {
    cwd: options.cwd,
    env: withNodeFirst(node, options.env ?? process.env),
    stdio: ['inherit', options.quiet === true ? 'ignore' : 'inherit', 'inherit'],
  });
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stopForwarding();
      if (signal !== null) process.kill(process.pid, signal);
      resolve(code ?? 1);
    });
  });
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} A copy whose PATH begins with the folder of `node`.
 */
export function withNodeFirst(node, env) {
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [pathName]: [dirname(node), env[pathName]].filter(Boolean).join(delimiter) };
}

/**
 * Keeps this process alive until the child has ended, and hands it the signals meant for it.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} Undoes it.
 */
function forwardSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const alreadyGotIt = signal === 'SIGINT' && process.stdin.isTTY;
    if (!alreadyGotIt) child.kill(signal);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, forward);
  return () => {
    for (const signal of ENDING_SIGNALS) process.off(signal, forward);
  };
}
