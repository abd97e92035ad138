/** Feeds damaged logs to the reader: `npm run fuzz -- rlog --seconds 60 [--seed 1]`, or `--file F` for one case. */
import { parseArgs } from 'node:util';
import { runCampaign, type SavedFinding } from './campaign.ts';
import type { OutcomeTally } from './outcome-tally.ts';
import { runTask } from './worker-process.ts';

const USAGE = 'Usage: npm run fuzz -- rlog [--seconds 60] [--seed 1] | --file FILE';

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
  if (positionals.join() !== 'rlog' || !(seconds > 0) || !Number.isSafeInteger(seed)) {
    console.error(USAGE);
    return 2;
  }
  return values.file === undefined ? fuzz(seed, seconds) : readFile(values.file);
}

async function fuzz(seed: number, seconds: number): Promise<number> {
  console.log(`Fuzzing the rlog reader for ${seconds} s with seed ${seed}`);
  const tally = await runCampaign({ seed, seconds, onFinding: tellFinding, onProgress: tellProgress });
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

async function readFile(path: string): Promise<number> {
  let failure: string | undefined;
  const breakdown = await runTask({
    task: { kind: 'file', path },
    deadline: Infinity,
    onReport: (report) => {
      failure = report.failure;
      console.log(failure ?? JSON.stringify(report.outcome));
    },
  });
  if (breakdown !== undefined) console.log(`${breakdown.kind}: ${breakdown.message}`);
  return failure === undefined && breakdown === undefined ? 0 : 1;
}
