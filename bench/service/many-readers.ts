import { type ReaderReport, readerReport, type ReaderTask } from './reader-report.ts';
import { runProgram } from './whole-process.ts';

/** Reads a log to its end with many readers, in a process of their own. */
export async function readWithMany(program: string, task: ReaderTask): Promise<ReaderReport> {
  return readerReport.parse(JSON.parse(await runProgram([program, JSON.stringify(task)])));
}
