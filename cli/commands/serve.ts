import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CtsError } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_FAILED, EXIT_INTERRUPTED } from '../exit-codes.ts';

/** Options that `cts-lite` knows too. */
export interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly config?: string;
  readonly environment?: string;
  readonly idleTimeout?: string;
}

/** `cts serve`: runs the service until it is interrupted. */
export async function serve(context: CommandContext, options: ServeOptions): Promise<number> {
  const program = join(context.programFolder, 'cts-lite.cjs');
  if (!existsSync(program)) {
    throw new CtsError('SERVER_NOT_STARTED', `Cannot start a service: ${program} is missing`, {
      actions: ['Install CTS again.'],
    });
  }
  const child = spawn(process.execPath, [program, ...listArguments(context, options)], { stdio: 'inherit' });
  // The service hears Ctrl-C itself, as a member of our process group; SIGTERM to us alone is passed on.
  const stop = (): void => void child.kill('SIGTERM');
  context.signal.addEventListener('abort', stop, { once: true });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  return exitCode ?? (context.signal.aborted ? EXIT_INTERRUPTED : EXIT_FAILED);
}

function listArguments({ options: { dataDir } }: CommandContext, options: ServeOptions): readonly string[] {
  const { host, port, config, environment, idleTimeout } = options;
  const given = {
    '--host': host,
    '--port': port,
    '--data-dir': dataDir,
    '--config': config,
    '--environment': environment,
    '--idle-timeout': idleTimeout,
  };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}
