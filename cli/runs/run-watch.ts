import { setTimeout as sleep } from 'node:timers/promises';
import type { RunBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import type { HttpClient } from '../http/http-client.ts';
import { ProgressLine } from '../render/progress-line.ts';
import type { Output } from '../terminal.ts';
import { WaitTimedOut } from './wait-timed-out.ts';
import { followRunLog, formatLogLine, type LogLine } from './run-log.ts';

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 2000;
const SLOWDOWN = 1.25;

/** How long a run that was told to stop is waited for after Ctrl-C. */
const CANCEL_MS = 3000;

/** Whether a run will never change again. */
export function isEnded({ status }: Pick<RunBody, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

/** Asks after a run until it has ended, more and more seldom. */
export async function waitForRun(
  http: HttpClient,
  runId: string,
  onChange: (run: RunBody) => void = () => undefined,
): Promise<RunBody> {
  for (let delayMs = FIRST_POLL_MS; ; delayMs = Math.min(LONGEST_POLL_MS, delayMs * SLOWDOWN)) {
    const run = await http.ask('GET /v1/runs/{id}', { id: runId });
    onChange(run);
    if (isEnded(run)) return run;
    await sleep(delayMs, undefined, { signal: http.signal });
  }
}

/** Waits for a run and draws how far it has come. */
export async function watchRun(http: HttpClient, runId: string, output: Output): Promise<RunBody> {
  const progress = new ProgressLine(output);
  try {
    return await waitForRun(http, runId, (run) => {
      progress.update(describeProgress(run));
    });
  } finally {
    progress.clear();
  }
}

/** Prints what a run says until it ends. */
export async function printRunLog(http: HttpClient, runId: string, output: Output): Promise<void> {
  for await (const line of followRunLog(http, runId)) await printLogLine(line, output);
}

/** Prints one line of a log, for people or as JSON. */
export async function printLogLine(line: LogLine, output: Output): Promise<void> {
  if (output.options.json === true) await output.printJsonLine(line);
  else await output.print(formatLogLine(line));
}

function describeProgress(run: RunBody): { readonly fraction: number; readonly message: string } {
  const place = run.queue_position === null ? '' : `, place ${run.queue_position}`;
  const message = run.progress_message ?? (run.status === 'queued' ? `queued${place}` : run.status);
  return { fraction: run.status === 'completed' ? 1 : (run.progress ?? 0) / 100, message };
}

/**
 * Does something that waits for runs, at most for so long. After Ctrl-C the service is asked to cancel the runs that
 * have not ended, and is given a moment to do so.
 *
 * @param runIds Those that were started, as they stand when it is needed.
 * @throws {WaitTimedOut}
 */
export async function waitWithCare<Result>(
  { signal, output }: Pick<CommandContext, 'signal' | 'output'>,
  {
    http,
    runIds,
    timeoutSeconds,
  }: {
    readonly http: HttpClient;
    readonly runIds: () => readonly string[];
    readonly timeoutSeconds?: number | undefined;
  },
  wait: (http: HttpClient) => Promise<Result>,
): Promise<Result> {
  const clock = timeoutSeconds === undefined ? undefined : AbortSignal.timeout(timeoutSeconds * 1000);
  const limited = clock === undefined ? http : http.with({ signal: AbortSignal.any([signal, clock]) });
  try {
    return await wait(limited);
  } catch (error) {
    if (signal.aborted) await cancelRuns(http, runIds(), output);
    else if (clock?.aborted === true) throw new WaitTimedOut(runIds());
    throw error;
  }
}

async function cancelRuns(http: HttpClient, runIds: readonly string[], output: Output): Promise<void> {
  const patient = http.with({ signal: AbortSignal.timeout(CANCEL_MS), attempts: 1 });
  await Promise.allSettled(
    runIds.map(async (id) => {
      await patient.ask('DELETE /v1/runs/{id}', { id });
      const { status } = await waitForRun(patient, id);
      output.note(status === 'canceled' ? `Canceled run ${id}.` : `Run ${id} had ended: ${status}.`);
    }),
  );
}
