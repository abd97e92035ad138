import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listDisagreements } from './agreement.ts';
import { type Contestant, type Effort, listContestants } from './contestants.ts';
import { writeFigures } from './figures.ts';
import { judgeGoals } from './goals.ts';
import { type BenchInput, type InputId, prepareInputs } from './inputs.ts';
import { describeMachine } from './machine.ts';
import { preparePrograms } from './programs.ts';
import { type BenchReport, renderReport } from './report.ts';
import { type InputResult, measureInput } from './rounds.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT_DIR = join(ROOT, 'out/bench');
const DOCUMENT = join(ROOT, 'docs/PERFORMANCE.md');

/** A long input is repeated less often; it is the same code that runs. */
const EFFORTS: Readonly<Record<InputId, Effort>> = {
  minute: { warmUp: 4, iterations: 8 },
  'can-fd': { warmUp: 3, iterations: 5 },
  route: { warmUp: 1, iterations: 2 },
};

type Options = ReturnType<typeof readOptions>;

/**
 * Measures the engine of CTS against `zstd -d` and the C++ peer, and prints what it found. `docs/PERFORMANCE.md` says what
 * the rows mean.
 */
export async function runEngineBench(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  const report = await measureAll(options, args);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${renderReport(report)}\n`);
  if (options['write-docs']) {
    writeFileSync(DOCUMENT, writeFigures(readFileSync(DOCUMENT, 'utf8'), renderReport(report)));
  }
  if (report.disagreements.length > 0) process.exitCode = 1;
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      input: { type: 'string', multiple: true, default: [] },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  return values;
}

async function measureAll(options: Options, args: readonly string[]): Promise<BenchReport> {
  const { programs, omissions } = await preparePrograms(ROOT, OUT_DIR);
  const contestants = listContestants(programs);
  const inputs = await prepareInputs(OUT_DIR);
  const results = inputs
    .filter(({ id }) => options.input.length === 0 || options.input.includes(id))
    .map((input) => measure(input, contestants, options));
  return {
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    machine: describeMachine(),
    results,
    goals: judgeGoals(results),
    omissions,
    disagreements: results.flatMap(listDisagreements),
  };
}

function measure(input: BenchInput, contestants: readonly Contestant[], options: Options): InputResult {
  process.stderr.write(`bench: ${input.label}\n`);
  const rounds = Math.max(1, Number.parseInt(options.rounds, 10) || 1);
  return measureInput(contestants, input, { rounds, effort: EFFORTS[input.id] });
}
