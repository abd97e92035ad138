/**
 * Reads cases one after the other and tells of each as a line of JSON. Runs in a process of its own, which may hang,
 * swell or die: whoever started it knows from the last line which case did it.
 */
import { readFileSync, writeSync } from 'node:fs';
import { FUZZ_TARGETS } from './fuzz-target.ts';
import type { CaseReport, WorkerTask } from './worker-task.ts';

const STDOUT = 1;

const task = JSON.parse(process.argv[2] ?? '') as WorkerTask;
const target = FUZZ_TARGETS[task.target];
if (task.kind === 'file') {
  await runCase(0, new Uint8Array(readFileSync(task.path)));
} else {
  const corpus = target.loadCorpus();
  for (let index = task.from; index < task.to; index++) {
    await runCase(index, target.createCase({ corpus, seed: task.seed, index }).bytes);
  }
}

async function runCase(index: number, bytes: Uint8Array): Promise<void> {
  const report = await reportOf(index, bytes);
  // Written at once, and not when the event loop turns: the next case may never let it turn.
  writeSync(STDOUT, `${JSON.stringify(report)}\n`);
}

async function reportOf(index: number, bytes: Uint8Array): Promise<CaseReport> {
  try {
    return { index, outcome: await target.readCase(bytes) };
  } catch (error) {
    return { index, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
