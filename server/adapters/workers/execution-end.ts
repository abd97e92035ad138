import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ExecutionEnd, ProducedFile, RunJob } from '../../services/runs/run-executor.ts';
import type { WorkerMessage } from './worker-messages.ts';
import type { ProcessEnd } from './worker-process.ts';

type Outcome = Extract<WorkerMessage, { readonly kind: 'outcome' }>['outcome'];

/** What is known of a worker when it is gone. */
export interface WorkerTestimony {
  /** Whether it took the job. */
  readonly isAccepted: boolean;
  readonly isStopRequested: boolean;
  /** Whether more than a request was needed to stop it. */
  readonly wasForced: boolean;
  /** Whether its watchdog killed it because of its memory. */
  readonly isOverMemory: boolean;
  /** How its job ended, by its own word. */
  readonly outcome?: Outcome;
  /** Why it was no longer listened to. */
  readonly violation?: string;
}

/** What V8 writes before it gives up. */
const HEAP_EXHAUSTED =
  /JavaScript heap out of memory|Reached heap limit|invalid (?:array|table) (?:length|size)/;

const REASON_CHARACTERS = 500;

/** Puts together how an execution ended from what the system, the watchdog and the worker itself said. */
export async function describeEnd(
  job: RunJob,
  end: ProcessEnd,
  testimony: WorkerTestimony & { readonly stderrTail: string },
): Promise<ExecutionEnd> {
  const { outcome, violation, stderrTail } = testimony;
  if (end.failure !== undefined) return { kind: 'unavailable', reason: end.failure };
  if (violation !== undefined)
    return describeCrash(end, `It sent what is no message: ${violation}\n${stderrTail}`);
  if (outcome?.kind === 'finished') {
    const files = await findFiles(job.workFolder, outcome.files);
    if (files !== undefined) return { ...outcome, files };
    return describeCrash(end, `It told of files that are not as it said\n${stderrTail}`);
  }
  if (outcome?.kind === 'failed') return outcome;
  if (outcome?.kind === 'stopped' || testimony.isStopRequested)
    return { kind: 'stopped', wasForced: testimony.wasForced };
  if (!testimony.isAccepted) return { kind: 'unavailable', reason: describeNoStart(end, stderrTail) };
  if (testimony.isOverMemory) return { ...describeCrash(end, stderrTail), cause: 'memory' };
  const isHeap = end.exitCode !== 0 && HEAP_EXHAUSTED.test(stderrTail);
  return { ...describeCrash(end, stderrTail), cause: isHeap ? 'heap' : 'crash' };
}

type ProcessExit = Exclude<ProcessEnd, { readonly failure: string }>;

function describeCrash(
  { exitCode, signal }: ProcessExit,
  stderrTail: string,
): Extract<ExecutionEnd, { readonly kind: 'died' }> {
  return { kind: 'died', cause: 'crash', exitCode, signal, stderrTail };
}

function describeNoStart({ exitCode, signal }: ProcessExit, stderrTail: string): string {
  const how = signal === null ? `exit code ${String(exitCode)}` : signal;
  const said = /^\w*Error\b.*$/m.exec(stderrTail)?.[0] ?? stderrTail.trim().split('\n').at(-1) ?? '';
  return `the process ended with ${how} before it took the job${said && `: ${said.slice(0, REASON_CHARACTERS)}`}`;
}

/** The files that a worker told of, in its work folder; undefined when one is not there as it said. */
async function findFiles(
  folder: string,
  told: readonly Omit<ProducedFile, 'path'>[],
): Promise<readonly ProducedFile[] | undefined> {
  const files = told.map((file) => ({ ...file, path: join(folder, file.name) }));
  for (const file of files) if (!(await isPlainFile(folder, file))) return undefined;
  return files;
}

async function isPlainFile(folder: string, { name, path, sizeBytes }: ProducedFile): Promise<boolean> {
  if (basename(path) !== name || path === folder) return false;
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() === true && stats.nlink === 1 && stats.size === sizeBytes;
}
