import { join } from 'node:path';
import type { BenchInput } from './inputs.ts';
import {
  type ChildReport,
  type Command,
  runReporting,
  type Times,
  timeProcessCpu,
  timeWholeProcess,
} from './measurement.ts';
import type { Programs } from './programs.ts';

/** How often one visit of a round runs a contestant's work. */
export interface Effort {
  /** Iterations that are not counted: they warm caches, page tables and the JIT. */
  readonly warmUp: number;
  readonly iterations: number;
}

/** The rows of the bench, in the order in which they take turns. */
export const ROW_LABELS = {
  zstd: 'zstd -d, whole process',
  'peer-can': 'C++ peer, CAN to columns',
  'cts-can-streamed': 'CTS, CAN to columns, streamed',
  'cts-can-one-buffer': 'CTS, CAN to columns, one buffer',
  'peer-csv': 'C++ peer, CSV',
  'cts-csv': 'CTS, CSV',
  'peer-info': 'C++ peer info, cold process',
  'cts-info': 'cts info, cold process',
} as const;

export type RowId = keyof typeof ROW_LABELS;

/** One row: a program, the work it does, and how it is measured. */
export interface Contestant {
  readonly id: RowId;
  /** The row that this one is compared with. */
  readonly reference?: RowId;
  /** Whether the row makes sense for `input`. */
  accepts(input: BenchInput): boolean;
  measure(input: BenchInput, effort: Effort): Times;
  /** Runs the work once in a process of its own; absent where the work reports nothing about itself. */
  readonly runOnce?: (input: BenchInput) => ChildReport;
}

/** Lists the contestants that this machine can run. */
export function listContestants({ zstd, peer, worker, cli, outDir }: Programs): readonly Contestant[] {
  const work = (task: string, { files }: BenchInput): Command => [process.execPath, worker, task, ...files];
  const ctsCsv = join(outDir, 'cts.csv');
  const contestants = [
    ...(zstd === undefined ? [] : [decompression(zstd)]),
    ...(peer === undefined ? [] : listPeers(peer, outDir)),
    reporting('cts-can-streamed', (input) => work('can-streamed', input), 'peer-can'),
    reporting('cts-can-one-buffer', (input) => work('can-one-buffer', input), 'peer-can'),
    reporting('cts-csv', (input) => [...work('csv', input), '--out', ctsCsv], 'peer-csv'),
    ...(cli === undefined
      ? []
      : [cold('cts-info', (file) => [process.execPath, cli, 'info', file], 'peer-info')]),
  ];
  const order = Object.keys(ROW_LABELS);
  return contestants.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

function listPeers(peer: string, outDir: string): readonly Contestant[] {
  const csv = join(outDir, 'peer.csv');
  return [
    reporting('peer-can', ({ files }) => [peer, 'can', ...files]),
    reporting('peer-csv', ({ files }) => [peer, 'csv', ...files, '--out', csv]),
    cold('peer-info', (file) => [peer, 'info', file]),
  ];
}

type CommandFor = (input: BenchInput) => Command;

function decompression(zstd: string): Contestant {
  return {
    id: 'zstd',
    accepts: ({ files }) => files.every((file) => file.endsWith('.zst')),
    measure: ({ files }, { iterations }) => timeProcessCpu([zstd, '-d', '-q', '-c', ...files], iterations),
  };
}

/** Work that is repeated inside one process, which takes its own times. */
function reporting(id: RowId, commandFor: CommandFor, reference?: RowId): Contestant {
  const measure = (input: BenchInput, effort: Effort): ChildReport => {
    const repeats = ['--repeat', String(effort.iterations), '--warm-up', String(effort.warmUp)];
    return runReporting([...commandFor(input), ...repeats]);
  };
  return {
    id,
    ...(reference !== undefined && { reference }),
    accepts: () => true,
    measure,
    runOnce: (input) => measure(input, { warmUp: 0, iterations: 1 }),
  };
}

/** A whole process from start to exit, on a single file. */
function cold(id: RowId, commandFor: (file: string) => Command, reference?: RowId): Contestant {
  return {
    id,
    ...(reference !== undefined && { reference }),
    accepts: (input) => input.files.length === 1,
    measure: ({ files }, { iterations }) => timeWholeProcess(commandFor(files[0] ?? ''), iterations),
  };
}
