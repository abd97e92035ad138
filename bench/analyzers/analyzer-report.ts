import { isReached } from '../goals.ts';
import type { Machine } from '../machine.ts';
import { renderTable, type Table } from '../markdown-table.ts';
import { renderList, renderMachine } from '../report.ts';
import { type AnalyzerGoal, type AnalyzerResult, compareWithReading } from './analyzer-goals.ts';
import type { AnalyzerRow } from './analyzer-rounds.ts';

/** Everything one run found; `--json` prints it as it is. */
export interface AnalyzerReport {
  readonly command: string;
  readonly machine: Machine;
  readonly results: readonly AnalyzerResult[];
  readonly goals: readonly AnalyzerGoal[];
  /** What could not be measured, and why. */
  readonly omissions: readonly string[];
}

/** Renders a report as Markdown whose tables also read well in a terminal. */
export function renderAnalyzerReport({
  command,
  machine,
  results,
  goals,
  omissions,
}: AnalyzerReport): string {
  const parts = [
    `Command: \`${command}\``,
    `Machine: ${renderMachine(machine)}`,
    ...results.flatMap(({ label, rows }) => [`### ${label}`, renderTable(listRows(rows))]),
    '### Goals of the analyzers',
    'The limit applies to the minima.',
    renderTable(listGoals(goals)),
    ...renderList('### Left out', omissions),
  ];
  return parts.join('\n\n');
}

function listRows(rows: readonly AnalyzerRow[]): Table {
  const header = [
    '',
    'min ms',
    'median ms',
    'CPU min ms',
    'to reading, min',
    'median',
    'files',
    'MB',
    'peak MB',
  ];
  return [header, ...rows.map((row) => listCells(row, rows))];
}

function listCells(row: AnalyzerRow, rows: readonly AnalyzerRow[]): string[] {
  const ratio = compareWithReading(rows, row.id);
  return [
    row.id,
    row.wall.minimum.toFixed(1),
    row.wall.median.toFixed(1),
    row.cpu.minimum.toFixed(1),
    format(ratio?.ofMinima, 2),
    format(ratio?.ofMedians, 2),
    row.files > 0 ? String(row.files) : '',
    row.files > 0 ? (row.outputBytes / 1e6).toFixed(1) : '',
    (row.peakRssBytes / 1e6).toFixed(0),
  ];
}

function listGoals(goals: readonly AnalyzerGoal[]): Table {
  const header = ['goal', 'at most', 'measured', 'by medians', ''];
  return [header, ...goals.map(listGoal)];
}

function listGoal(goal: AnalyzerGoal): string[] {
  const { promise, limit, value, byMedians, unit } = goal;
  const digits = unit === 'x' ? 2 : 0;
  const reached = isReached(goal);
  const verdict = reached === undefined ? 'not run' : reached ? 'pass' : 'FAIL';
  const measured = value === undefined ? '' : `${value.toFixed(digits)} ${unit}`;
  return [promise, `${String(limit)} ${unit}`, measured, format(byMedians, digits), verdict];
}

function format(value: number | undefined, digits: number): string {
  return value?.toFixed(digits) ?? '';
}
