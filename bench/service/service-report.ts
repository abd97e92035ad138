import type { Machine } from '../machine.ts';
import { renderTable, type Table } from '../markdown-table.ts';
import { renderList, renderMachine } from '../report.ts';
import { AMOUNT_LABELS, type AmountRow, type Findings, TIMES_LABELS, type TimesRow } from './findings.ts';
import {
  compareWithBareNode,
  type FindingsBySection,
  nameVerdict,
  type ServiceGoalResult,
} from './service-goals.ts';
import { SECTIONS, type SectionId } from './service-sections.ts';

/** Everything one run of the bench found; `--json` prints it as it is. */
export interface ServiceReport {
  readonly command: string;
  readonly machine: Machine;
  /** What the runs under load worked on. */
  readonly log: string;
  readonly findings: FindingsBySection;
  readonly goals: readonly ServiceGoalResult[];
  /** What is wrong on any machine. */
  readonly wrongs: readonly string[];
}

/** Renders a report as Markdown whose tables also read well in a terminal. */
export function renderServiceReport({
  command,
  machine,
  log,
  findings,
  goals,
  wrongs,
}: ServiceReport): string {
  const sections = Object.entries(findings) as [SectionId, Findings][];
  return [
    `Command: \`${command}\``,
    `Machine: ${renderMachine(machine)}; the runs under load read ${log}`,
    ...sections.flatMap(([id, found]) => renderSection(SECTIONS[id].title, found)),
    '### Goals of the service',
    renderTable(listGoals(goals)),
    ...renderList(
      '### Left out of the service',
      sections.flatMap(([, { omissions = [] }]) => omissions),
    ),
    ...renderList('### Wrong', wrongs),
  ].join('\n\n');
}

function renderSection(title: string, findings: Findings): readonly string[] {
  const { times, amounts = [] } = findings;
  return [
    `### ${title}`,
    ...(times.length > 0 ? [renderTable(listTimes(times, findings))] : []),
    ...(amounts.length > 0 ? [renderTable(listAmounts(amounts))] : []),
  ];
}

/** The last column stands where there is a bare Node to compare with. */
function listTimes(rows: readonly TimesRow[], findings: Findings): Table {
  const hasBareNode = rows.some(({ id }) => id === 'bare-node');
  const header = ['', 'count', 'min ms', 'median ms', 'p95 ms', 'p99 ms', 'max ms'];
  return [
    [...header, ...(hasBareNode ? ['to bare node'] : [])],
    ...rows.map((row) => [
      ...listTimesCells(row),
      ...(hasBareNode ? [compareWithBareNode(findings, row.id)?.toFixed(2) ?? ''] : []),
    ]),
  ];
}

function listTimesCells({ id, times }: TimesRow): readonly string[] {
  const { count, minimum, median, p95, p99, maximum } = times;
  return [
    TIMES_LABELS[id],
    showCount(count),
    ...[minimum, median, p95, p99, maximum].map((ms) => ms.toFixed(1)),
  ];
}

function listAmounts(rows: readonly AmountRow[]): Table {
  return [['', 'found'], ...rows.map(listAmountCells)];
}

function listAmountCells({ id, value }: AmountRow): readonly string[] {
  const [label, unit] = AMOUNT_LABELS[id];
  return [label, `${showCount(Math.round(value))} ${unit}`.trimEnd()];
}

function listGoals(goals: readonly ServiceGoalResult[]): Table {
  return [['goal', 'at most', 'measured', ''], ...goals.map(listGoalCells)];
}

function listGoalCells(goal: ServiceGoalResult): readonly string[] {
  const { promise, limit, unit, value } = goal;
  const digits = unit === 'x' ? 2 : unit === 'ms' ? 1 : 0;
  const measured = value === undefined ? '' : `${value.toFixed(digits)} ${unit}`.trimEnd();
  return [promise, `${limit} ${unit}`.trimEnd(), measured, nameVerdict(goal)];
}

function showCount(value: number): string {
  return value.toLocaleString('en-US');
}
