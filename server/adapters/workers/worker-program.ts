import { readSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import type { JobOutcome, RunVoice } from '../../services/execution/execution-ports.ts';
import type { RunJob } from '../../services/runs/run-executor.ts';
import { showText } from './output-lines.ts';
import { keepWatch, startWatchdog, type Watchdog } from './watchdog.ts';
import type { WorkerMessage } from './worker-messages.ts';
import { CHANNEL } from './worker-pipes.ts';

/** Does one job. */
export type ExecuteJob = (
  job: RunJob,
  context: { readonly voice: RunVoice; readonly signal: AbortSignal },
) => Promise<JobOutcome>;

const BYTES_PER_MEGABYTE = 1 << 20;

/**
 * The life of a worker: it loads what it needs, waits for one job, does it, tells how it ended, and ends.
 *
 * @param load Gives what does the job; called before there is one, so that a job does not wait for modules.
 */
export function serveRun(load: () => Promise<ExecuteJob>): void {
  if (isMainThread) void serve(load);
  else keepWatch();
}

async function serve(load: () => Promise<ExecuteJob>): Promise<void> {
  const watchdog = startWatchdog();
  for (const stream of [process.stdout, process.stderr]) makeBlocking(stream);
  const interrupt = new AbortController();
  process.on('SIGINT', () => {
    interrupt.abort();
  });
  const execute = await load();
  // Where a cache is in use, what was compiled is kept now and not when the run is over.
  flushCompileCache();
  const job = waitForJob();
  if (job === undefined) process.exit(0);
  prepare(job, watchdog);
  say({ kind: 'accepted' });
  const outcome = await execute(job, { voice, signal: interrupt.signal });
  say({ kind: 'outcome', outcome });
  await flushOutput();
  process.exit(0);
}

/** Whoever prints more than is read waits, instead of keeping it in memory. */
function makeBlocking(stream: NodeJS.WriteStream): void {
  const { _handle: handle } = stream as { readonly _handle?: { setBlocking?(isBlocking: boolean): void } };
  handle?.setBlocking?.(true);
}

/** What it prints, reads and writes by relative paths stays in its work folder. */
function prepare({ workFolder, limits }: RunJob, watchdog: Watchdog): void {
  process.chdir(workFolder);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = workFolder;
  watchdog.limit(limits.residentMegabytes * BYTES_PER_MEGABYTE);
}

/** Blocks, since there is nothing else to do; undefined when the service is gone. */
function waitForJob(): RunJob | undefined {
  const pieces: Buffer[] = [];
  for (;;) {
    const piece = Buffer.allocUnsafe(65_536);
    const bytes = readSync(CHANNEL, piece);
    if (bytes === 0) return undefined;
    const end = piece.subarray(0, bytes).indexOf('\n');
    pieces.push(piece.subarray(0, end < 0 ? bytes : end));
    if (end >= 0) return JSON.parse(Buffer.concat(pieces).toString()) as RunJob;
  }
}

const voice: RunVoice = {
  started: () => {
    say({ kind: 'started' });
  },
  progress: (progress) => {
    say({ kind: 'progress', progress });
  },
  line: ({ level, message }) => {
    say({ kind: 'line', line: { level, message: showText(message) } });
  },
};

/** Written at once: what was said before a crash is heard, and who says too much waits until it is heard. */
function say(message: WorkerMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(CHANNEL, bytes, at);
  } catch {
    // The service is gone, and so will be this process.
    process.exit(1);
  }
}

async function flushOutput(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve));
  }
}
