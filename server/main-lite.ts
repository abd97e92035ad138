import { realpathSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dirname } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { CTS_VERSION, CtsError } from '#protocol';
import { findPrograms } from './main-programs.ts';
import { LITE_HELP, parseLiteFlags } from './adapters/config/lite-flags.ts';

/** `cts-lite`: the service, in the foreground until it is told to stop. */
async function main(): Promise<void> {
  const flags = parseLiteFlags(process.argv.slice(2));
  if (flags.wantsHelp) {
    process.stdout.write(LITE_HELP);
    return;
  }
  if (flags.wantsVersion) {
    process.stdout.write(`${CTS_VERSION}\n`);
    return;
  }
  keepMemorySmall();
  const { startLite } = await import('./main-lite-service.ts');
  const folder = dirname(realpathSync(process.argv[1] ?? '.'));
  const signals = listenForSignals();
  const service = await startLite(flags, { ...findPrograms(folder), environment: process.env });
  signals.handOver((signal) => void service.stop(signal));
  // A service is seldom ended well: what was compiled is kept now.
  flushCompileCache();
  await service.stopped;
}

/**
 * V8 lets the space for young objects grow to 48 MB and seldom gives it back. What a service makes is short-lived: it is
 * collected as well in a small one, and days of work leave the process as small as it began.
 */
function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Signals that come while the service is being started wait until it can stop well. */
function listenForSignals(): { handOver(stop: (signal: string) => void): void } {
  const waiting: string[] = [];
  let take = (signal: string): void => void waiting.push(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      take(signal);
    });
  }
  return {
    handOver: (stop) => {
      take = stop;
      for (const signal of waiting) stop(signal);
    },
  };
}

/** A failure to start is told in one line; a bug with its stack, and the exit code that supervisors know for it. */
function reportFailure(error: unknown): never {
  if (!(error instanceof CtsError)) {
    writeSync(2, `internal error: this is a bug of cts-lite, please report it\n${describe(error)}\n`);
    process.exit(70);
  }
  const advice = error.actions.map((action) => `  ${action}\n`).join('');
  writeSync(2, `error ${error.code}: ${error.message}\n${advice}`);
  process.exit(error.traits.exitCode);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Whatever nobody caught has left something half-done: a supervisor starts anew, from what is on disk.
process.on('uncaughtException', reportFailure);
main().then(() => process.exit(0), reportFailure);
