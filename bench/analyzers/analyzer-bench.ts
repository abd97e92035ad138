import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ANALYZER_MARK, writeFigures } from '../figures.ts';
import { describeMachine } from '../machine.ts';
import { ANALYZER_CASES, type AnalyzerCase, READING } from './analyzer-cases.ts';
import { type AnalyzerResult, judgeAnalyzers } from './analyzer-goals.ts';
import { type AnalyzerInput, prepareAnalyzerInputs } from './analyzer-inputs.ts';
import { runWorker } from './analyzer-measurement.ts';
import { type AnalyzerPrograms, prepareAnalyzerPrograms } from './analyzer-programs.ts';
import { type AnalyzerReport, renderAnalyzerReport } from './analyzer-report.ts';
import { type AnalyzerContestant, measureAnalyzers } from './analyzer-rounds.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUT_DIR = join(ROOT, 'out/bench');
const DOCUMENT = join(ROOT, 'docs/PERFORMANCE.md');

const EFFORT = { warmUp: 4, iterations: 6 };
const LONG_EFFORT = { warmUp: 1, iterations: 2 };

type Options = ReturnType<typeof readOptions>;

/**
 * Measures every analyzer, from a log to files with a report, against the reading of the log's frames in the same run.
 * `docs/PERFORMANCE.md` says what the rows mean.
 */
export async function runAnalyzerBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const report = await measureAll(options, args);
  const text = renderAnalyzerReport(report);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${text}\n`);
  if (options['write-docs'])
    writeFileSync(DOCUMENT, writeFigures(readFileSync(DOCUMENT, 'utf8'), text, ANALYZER_MARK));
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', multiple: true, default: [] },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  return values;
}

async function measureAll(options: Options, args: readonly string[]): Promise<AnalyzerReport> {
  const cases = ANALYZER_CASES.filter(({ id }) => options.only.length === 0 || options.only.includes(id));
  const programs = await prepareAnalyzerPrograms(OUT_DIR);
  const omissions: string[] = [];
  const results: AnalyzerResult[] = [];
  for (const input of await prepareAnalyzerInputs(OUT_DIR)) {
    process.stderr.write(`bench: ${input.label}\n`);
    const contestants = listContestants(cases, input, programs).filter((each) => isRunning(each, omissions));
    const rounds = Math.max(1, Number.parseInt(options.rounds, 10) || 1);
    results.push({ label: input.label, rows: measureAnalyzers(contestants, { rounds, runWorker }) });
  }
  return {
    command: ['npm run bench -- analyzers', ...args].join(' '),
    machine: describeMachine(),
    results,
    goals: judgeAnalyzers(cases, results),
    omissions,
  };
}

function listContestants(
  cases: readonly AnalyzerCase[],
  { path }: AnalyzerInput,
  { reader, worker }: AnalyzerPrograms,
): readonly AnalyzerContestant[] {
  const reading: AnalyzerContestant = {
    id: READING,
    command: [process.execPath, reader, 'can-streamed', path],
    ...EFFORT,
  };
  const analyzers = cases.map(({ id, parameters, isLong = false }): AnalyzerContestant => {
    const command = [process.execPath, worker, id, path, '--parameters', JSON.stringify(parameters)] as const;
    return { id, command, ...(isLong ? LONG_EFFORT : EFFORT) };
  });
  return [reading, ...analyzers];
}

/** A tool that fails on a log leaves the others. */
function isRunning({ id, command }: AnalyzerContestant, omissions: string[]): boolean {
  try {
    runWorker(command);
    return true;
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`bench: ${String(error)}\n`);
    omissions.push(`${id} failed on ${command[3] ?? ''}`);
    return false;
  }
}
