import process from 'node:process';
import { describeDistribution } from '../distribution.ts';
import { type ReaderHabits, type ReaderResult, readLog } from '../log-reader.ts';
import { type ReaderReport, type ReaderTask, readerTask } from '../reader-report.ts';

const RESTING_MS = 100;
const RECONNECT_EVERY_LINES = 300;

/** Reads the log of one run as many clients at once, and prints what they got: a process beside the service. */
async function main(): Promise<void> {
  const task = readerTask.parse(JSON.parse(process.argv[2] ?? ''));
  const all = Array.from({ length: task.readers }, (_, reader) =>
    readLog(task.url, chooseHabits(task, reader)),
  );
  process.stdout.write(`${JSON.stringify(sumUp(task, await Promise.all(all)))}\n`);
}

/** The slow ones come first, then those that break off. */
function chooseHabits({ readers, slow, restless, arrivalMs }: ReaderTask, reader: number): ReaderHabits {
  const isSlow = reader < slow;
  const isRestless = !isSlow && reader < slow + restless;
  return {
    pauseMs: isSlow ? RESTING_MS : 0,
    reconnectEvery: isRestless ? RECONNECT_EVERY_LINES : 0,
    comesAfterMs: (reader * arrivalMs) / readers,
  };
}

function sumUp({ slow }: ReaderTask, results: readonly ReaderResult[]): ReaderReport {
  const sum = (measure: (result: ReaderResult) => number): number =>
    results.reduce((total, result) => total + measure(result), 0);
  return {
    finished: results.filter(({ ledger }) => ledger.hasEnded).length,
    lines: sum(({ ledger }) => ledger.lines),
    repeated: sum(({ ledger }) => ledger.repeated),
    reconnects: sum(({ reconnects }) => reconnects),
    refusals: sum(({ refusals }) => refusals),
    doneMs: Math.max(...results.map(({ doneMs }) => doneMs)),
    latencies: describeDistribution(results.slice(slow).flatMap(({ ledger }) => ledger.latenciesMs)),
  };
}

void main();
