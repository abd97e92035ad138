import { ROW_LABELS } from './contestants.ts';
import { compareRows, type GoalResult, isReached } from './goals.ts';
import type { Machine } from './machine.ts';
import { renderTable, type Table } from './markdown-table.ts';
import type { InputResult, RowResult } from './rounds.ts';

/** Everything one run of the bench found; `--json` prints it as it is. */
export interface BenchReport {
  readonly command: string;
  readonly machine: Machine;
  readonly results: readonly InputResult[];
  readonly goals: readonly GoalResult[];
  /** What could not be measured, and why. */
  readonly omissions: readonly string[];
  /** Where contestants found different things: then their times must not be compared. */
  readonly disagreements: readonly string[];
}

/** Renders a report as Markdown whose tables also read well in a terminal. */
export function renderReport(report: BenchReport): string {
  const { command, machine, results, goals } = report;
  const parts = [
    `Command: \`${command}\``,
    `Machine: ${renderMachine(machine)}`,
    ...results.flatMap((result) => [renderHeading(result), renderTable(listRows(result.rows))]),
    '### Goals',
    'Ratios are those of the minute; the limit applies to the minima.',
    renderTable(listGoals(goals)),
    ...renderList('### Left out', report.omissions),
    ...renderList('### Not the same work', report.disagreements),
  ];
  return parts.join('\n\n');
}

/** A heading with lines below, or nothing where there are none. */
export function renderList(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [heading, lines.map((line) => `- ${line}`).join('\n')] : [];
}

/** What the figures were taken on, in a line. */
export function renderMachine({ processor, cores, memoryBytes, system, node, zstd }: Machine): string {
  const memory = `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`;
  return `${processor}, ${cores} cores, ${memory}, ${system}, Node ${node}, zstd ${zstd ?? 'not found'}`;
}

function renderHeading({ input, rows }: InputResult): string {
  const report = rows.find((row) => row.report !== undefined)?.report;
  if (report === undefined) return `### ${input.label}`;
  const frames = rows.find((row) => row.id === 'cts-can-streamed')?.report?.frames ?? report.frames;
  const counts = `${count(report.events)} events, ${count(frames)} CAN frames`;
  return `### ${input.label}: ${(report.rawBytes / 1e6).toFixed(1)} MB decompressed, ${counts}`;
}

function listRows(rows: readonly RowResult[]): Table {
  const header = [
    '',
    'min ms',
    'median ms',
    'CPU min ms',
    'MB/s',
    'to peer, min',
    'median',
    'to zstd CPU',
    'peak MB',
  ];
  return [header, ...rows.map((row) => listCells(row, rows))];
}

function listCells(row: RowResult, rows: readonly RowResult[]): string[] {
  const toPeer = row.reference && compareRows(rows, { row: row.id, over: row.reference, overClock: 'wall' });
  const toZstd =
    row.id === 'zstd' ? undefined : compareRows(rows, { row: row.id, over: 'zstd', overClock: 'cpu' });
  return [
    ROW_LABELS[row.id],
    row.wall.minimum.toFixed(1),
    row.wall.median.toFixed(1),
    format(row.cpu?.minimum, 1),
    format(row.report && row.report.rawBytes / 1e3 / row.wall.minimum, 0),
    format(toPeer?.ofMinima, 2),
    format(toPeer?.ofMedians, 2),
    format(toZstd?.ofMinima, 2),
    format(row.peakRssBytes && row.peakRssBytes / 1e6, 0),
  ];
}

function listGoals(goals: readonly GoalResult[]): Table {
  const header = ['goal', 'at most', 'measured', 'by medians', ''];
  return [header, ...goals.map(listGoal)];
}

function listGoal(goal: GoalResult): string[] {
  const { promise, limit, value, byMedians, unit } = goal;
  const digits = unit === 'x' ? 2 : 0;
  const reached = isReached(goal);
  const verdict = reached === undefined ? 'not run' : reached ? 'pass' : 'FAIL';
  const measured = value === undefined ? '' : `${value.toFixed(digits)} ${unit}`;
  return [promise, `${limit} ${unit}`, measured, format(byMedians, digits), verdict];
}

function format(value: number | undefined, digits: number): string {
  return value?.toFixed(digits) ?? '';
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
