import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { sharedDir } from '../../test/support/shared.ts';
import { writeFigures } from '../figures.ts';
import { describeMachine } from '../machine.ts';
import type { Command } from '../measurement.ts';
import { PRODUCT_BUNDLE } from '../product-bundle.ts';
import { judgeDbc } from './dbc-goals.ts';
import { type DbcReport, renderDbcReport } from './dbc-report.ts';
import { type DbcInput, runDecoding, runMemory, runOpening } from './dbc-rounds.ts';

const ROOT = join(import.meta.dirname, '../..');
const OUT_DIR = join(ROOT, 'out/bench');
const DOCUMENT = join(ROOT, 'docs/PERFORMANCE.md');
const MARK = '<!-- figures: written by `npm run bench -- dbc --write-docs` -->';

const GENERATED: DbcInput = { label: 'A busy minute (generated)', paths: [] };
const REAL: DbcInput = {
  label: 'A minute of driving (real, RAV4)',
  paths: [
    join(sharedDir ?? '', 'data/real-rav4-minute.rlog.zst'),
    join(sharedDir ?? '', 'vectors/schema/opendbc/dbc/toyota_nodsu_pt_generated.dbc'),
  ],
};

/**
 * Measures how signals are decoded and databases are opened. `docs/PERFORMANCE.md` says what the rows mean.
 */
export async function runDbcBench(args: readonly string[]): Promise<void> {
  const { values: options } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '3' },
      'write-docs': { type: 'boolean', default: false },
    },
  });
  const rounds = Math.max(1, Number.parseInt(options.rounds, 10) || 1);
  const report = measureAll(await buildWorker(), ['npm run bench -- dbc', ...args].join(' '), rounds);
  const text = renderDbcReport(report);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `\n${text}\n`);
  if (options['write-docs'])
    writeFileSync(DOCUMENT, writeFigures(readFileSync(DOCUMENT, 'utf8'), text, MARK));
}

function measureAll(worker: Command, command: string, rounds: number): DbcReport {
  const hasReal = sharedDir !== undefined && REAL.paths.every((path) => existsSync(path));
  const inputs = hasReal ? [REAL, GENERATED] : [GENERATED];
  const decoding = inputs.map((input) => {
    process.stderr.write(`bench: ${input.label}\n`);
    return runDecoding(worker, input, rounds);
  });
  const opening = runOpening(worker, rounds);
  const memory = hasReal ? [runMemory(worker, REAL)] : [];
  const findings = { decoding, opening, memory };
  const omissions = hasReal ? [] : ['the real minute and its memory: the folder `shared` is not there'];
  return { command, machine: describeMachine(), ...findings, goals: judgeDbc(findings), omissions };
}

async function buildWorker(): Promise<Command> {
  mkdirSync(OUT_DIR, { recursive: true });
  const outfile = join(OUT_DIR, 'dbc-worker.mjs');
  await build({
    ...PRODUCT_BUNDLE,
    entryPoints: [join(import.meta.dirname, '../workers/dbc-worker.ts')],
    outfile,
    format: 'esm',
  });
  return [process.execPath, outfile];
}
