import type { Machine } from '../machine.ts';
import { renderTable, type Table } from '../markdown-table.ts';
import { renderList, renderMachine } from '../report.ts';
import type { Summary } from '../statistics.ts';
import { type DbcFindings, type DbcGoal, openingTime } from './dbc-goals.ts';
import type { DecodeResult, MemoryResult, OpenResult } from './dbc-rounds.ts';

/** Everything one run found; `--json` prints it as it is. */
export interface DbcReport extends DbcFindings {
  readonly command: string;
  readonly machine: Machine;
  readonly goals: readonly DbcGoal[];
  /** What could not be measured, and why. */
  readonly omissions: readonly string[];
}

/** Renders a report as Markdown whose tables also read well in a terminal. */
export function renderDbcReport(report: DbcReport): string {
  const { command, machine, decoding, opening, memory, goals, omissions } = report;
  const parts = [
    `Command: \`${command}\``,
    `Machine: ${renderMachine(machine)}`,
    ...decoding.flatMap((result) => [renderHeading(result), renderTable(listDecoding(result))]),
    `### A database of ${count(opening.lines)} lines (generated): ${count(opening.messages)} messages, ` +
      `${count(opening.signals)} signals, ${count(opening.findings)} findings`,
    renderTable(listOpening(opening)),
    ...(memory.length > 0 ? ['### Memory', renderTable(listMemory(memory))] : []),
    '### Goals of the DBC engine',
    'The limits apply to the minima.',
    renderTable(listGoals(goals)),
    ...renderList('### Left out', omissions),
  ];
  return parts.join('\n\n');
}

function renderHeading({ label, frames, messages, values }: DecodeResult): string {
  return `### ${label}: ${count(frames)} frames, ${count(messages)} known messages, ${count(values)} values`;
}

function listDecoding(result: DecodeResult): Table {
  const { decode, copy, decodeToNew, copyToNew, values } = result;
  const row = (label: string, own: Summary, other?: Summary): string[] => [
    label,
    own.minimum.toFixed(2),
    own.median.toFixed(2),
    ((values / own.minimum) * 1e-3).toFixed(0),
    other === undefined ? '' : (other.minimum / own.minimum).toFixed(2),
    other === undefined ? '' : (other.median / own.median).toFixed(2),
  ];
  return [
    ['', 'min ms', 'median ms', 'M values/s', 'speed to copying, min', 'median'],
    row('decoded to columns that are there', decode, copy),
    row('doubles copied to columns that are there', copy),
    row('decoded to new columns', decodeToNew, copyToNew),
    row('doubles copied to new columns', copyToNew),
  ];
}

function listOpening(result: OpenResult): Table {
  const { split, decode, parse, build, lint } = result;
  const row = (label: string, { minimum, median }: Pick<Summary, 'minimum' | 'median'>): string[] => [
    label,
    minimum.toFixed(2),
    median.toFixed(2),
    (minimum / split.minimum).toFixed(1),
    (median / split.median).toFixed(1),
  ];
  const sum = { minimum: openingTime(result, 'minimum'), median: openingTime(result, 'median') };
  return [
    ['', 'min ms', 'median ms', 'to splitting, min', 'median'],
    row('split into lines', split),
    row('bytes to text', decode),
    row('text to tree', parse),
    row('tree to model', build),
    row('findings', lint),
    row('from bytes to findings', sum),
  ];
}

function listMemory(memory: readonly MemoryResult[]): Table {
  return [
    ['', 'with a window, MB', 'all at once, MB'],
    ...memory.map(({ label, windowBytes, wholeBytes }) => [
      label,
      (windowBytes / 1e6).toFixed(0),
      (wholeBytes / 1e6).toFixed(0),
    ]),
  ];
}

function listGoals(goals: readonly DbcGoal[]): Table {
  return [
    ['goal', 'limit', 'measured', ''],
    ...goals.map(({ promise, limit, measured, isReached }) => [
      promise,
      limit,
      measured,
      isReached ? 'pass' : 'FAIL',
    ]),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
