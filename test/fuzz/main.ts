/** Feeds damaged files to the readers: `npm run fuzz -- rlog|dbc --seconds 60 [--seed 1]`, or `--file F` for one case. */
import { parseArgs } from 'node:util';
import { runCampaign, type SavedFinding } from './campaign.ts';
import { FUZZ_TARGETS, type FuzzTargetName, isTargetName } from './fuzz-target.ts';
import type { OutcomeTally } from './outcome-tally.ts';
import { runTask } from './worker-process.ts';

const USAGE = 'Usage: npm run fuzz -- rlog|dbc [--seconds 60] [--seed 1] | --file FILE';

process.exitCode = await main();

/** Returns the exit code: 1 when something was found. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      file: { type: 'string' },
    },
  });
  const seconds = Number(values.seconds);
  const seed = Number(values.seed);
  const [target, ...others] = positionals;
  if (!isTargetName(target) || others.length > 0 || !(seconds > 0) || !Number.isSafeInteger(seed)) {
    console.error(USAGE);
    return 2;
  }
  return values.file === undefined ? fuzz(target, { seed, seconds }) : readFile(target, values.file);
}

interface FuzzTime {
  readonly seed: number;
  readonly seconds: number;
}

async function fuzz(target: FuzzTargetName, { seed, seconds }: FuzzTime): Promise<number> {
  console.log(`Fuzzing ${FUZZ_TARGETS[target].title} for ${seconds} s with seed ${seed}`);
  const tally = await runCampaign({
    target,
    seed,
    seconds,
    onFinding: tellFinding,
    onProgress: tellProgress,
  });
  console.log(`\n${tally.render()}\n`);
  const rate = tally.casesPerSecond.toFixed(0);
  console.log(`${tally.cases} cases, ${tally.events} events, ${rate} cases/s: ${tally.findings} findings`);
  return tally.findings === 0 ? 0 : 1;
}

function tellFinding({ index, message, recipe, command }: SavedFinding): void {
  console.log(`\nFINDING in case ${index} (${recipe})\n${message}\n${command}`);
}

function tellProgress({ cases, casesPerSecond, findings }: OutcomeTally): void {
  console.log(`  ${cases} cases, ${casesPerSecond.toFixed(0)} cases/s, ${findings} findings`);
}

async function readFile(target: FuzzTargetName, path: string): Promise<number> {
  let failure: string | undefined;
  const breakdown = await runTask({
    task: { target, kind: 'file', path },
    deadline: Infinity,
    onReport: (report) => {
      failure = report.failure;
      console.log(failure ?? JSON.stringify(report.outcome));
    },
  });
  if (breakdown !== undefined) console.log(`${breakdown.kind}: ${breakdown.message}`);
  return failure === undefined && breakdown === undefined ? 0 : 1;
}
