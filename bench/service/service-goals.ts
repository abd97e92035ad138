import { isReached } from '../goals.ts';
import type { Distribution } from './distribution.ts';
import { AMOUNT_LABELS, type AmountId, type Findings, type TimesId } from './findings.ts';
import type { SectionId } from './service-sections.ts';

/** What was found, by the parts that were measured. */
export type FindingsBySection = Readonly<Partial<Record<SectionId, Findings>>>;

/** A promise about the service, and how this run kept it. */
export interface ServiceGoalResult {
  readonly promise: string;
  readonly limit: number;
  readonly unit: string;
  /** `undefined` where it was not measured. */
  readonly value: number | undefined;
}

interface ServiceGoal extends Omit<ServiceGoalResult, 'value'> {
  readonly section: SectionId;
  readonly read: (findings: Findings) => number | undefined;
}

const GOALS: readonly ServiceGoal[] = [
  timeGoal('cold start, new data folder, median', 'start', { row: 'start-fresh', at: 'median', limit: 500 }),
  timeGoal('cold start, data folder with runs, median', 'start', {
    row: 'start-existing',
    at: 'median',
    limit: 500,
  }),
  ratioGoal('`cts --version` to `node -e 0`, medians', { row: 'cts-version', limit: 2 }),
  ratioGoal('`cts cap` to `node -e 0`, medians', { row: 'cts-cap', limit: 5 }),
  ratioGoal('`cts cap --url` to `node -e 0`, medians', { row: 'cts-cap-url', limit: 5 }),
  timeGoal('request to tool at work, median', 'runs', { row: 'run-begins', at: 'median', limit: 150 }),
  timeGoal('requests while 8 runs work, p95', 'requests', { row: 'load-all', at: 'p95', limit: 20 }),
  timeGoal('line of a log to its readers, p95', 'log', { row: 'line-to-reader', at: 'p95', limit: 100 }),
  amountGoal('lines that 1000 readers miss', 'readers', { row: 'crowd-missing', limit: 0 }),
  amountGoal('lines that 1000 readers get twice', 'readers', { row: 'crowd-repeated', limit: 0 }),
  timeGoal('GET /v1/health beside 1000 readers, p99', 'readers', {
    row: 'crowd-health',
    at: 'p99',
    limit: 500,
  }),
  amountGoal('requests for health refused beside 1000 readers', 'readers', {
    row: 'crowd-refused',
    limit: 0,
  }),
  amountGoal('memory for 1000 readers', 'readers', { row: 'crowd-memory', limit: 100 }),
  amountGoal('peak memory over 500 runs', 'endurance', { row: 'endurance-peak', limit: 200 }),
  amountGoal('handles more or less after 500 runs', 'endurance', { row: 'endurance-handles', limit: 5 }),
  amountGoal('processes more or less after 500 runs', 'endurance', { row: 'endurance-processes', limit: 5 }),
];

/** Judges the parts that were measured. */
export function judgeServiceGoals(findings: FindingsBySection): readonly ServiceGoalResult[] {
  return GOALS.flatMap(({ promise, limit, unit, section, read }) => {
    const found = findings[section];
    return found === undefined ? [] : [{ promise, limit, unit, value: read(found) }];
  });
}

/** What no machine, however slow, may show: lines lost or repeated. */
export function findWrongs({ readers }: FindingsBySection): readonly string[] {
  const wrongs = ['crowd-missing', 'crowd-repeated'] as const;
  return wrongs.flatMap((id) => {
    const value = readers && readAmount(readers, id);
    return value === undefined || value === 0 ? [] : [`${AMOUNT_LABELS[id][0]}: ${value}`];
  });
}

/** The verdict as a word. */
export function nameVerdict(goal: ServiceGoalResult): string {
  const reached = isReached(goal);
  return reached === undefined ? 'not run' : reached ? 'pass' : 'FAIL';
}

interface TimeLimit {
  readonly row: TimesId;
  readonly at: 'median' | 'p95' | 'p99';
  readonly limit: number;
}

function timeGoal(promise: string, section: SectionId, { row, at, limit }: TimeLimit): ServiceGoal {
  return { promise, section, limit, unit: 'ms', read: (findings) => findTimes(findings, row)?.[at] };
}

/** Of a command's wall time to that of a Node that does nothing. */
function ratioGoal(promise: string, { row, limit }: Pick<TimeLimit, 'row' | 'limit'>): ServiceGoal {
  return {
    promise,
    section: 'commands',
    limit,
    unit: 'x',
    read: (findings) => compareWithBareNode(findings, row),
  };
}

function amountGoal(
  promise: string,
  section: SectionId,
  { row, limit }: { readonly row: AmountId; readonly limit: number },
): ServiceGoal {
  const [, unit] = AMOUNT_LABELS[row];
  return { promise, section, limit, unit, read: (findings) => readDistance(findings, row) };
}

/** How often the median of a row holds that of a Node that does nothing; `undefined` where it was not measured. */
export function compareWithBareNode(findings: Findings, row: TimesId): number | undefined {
  const times = findTimes(findings, row);
  const bare = findTimes(findings, 'bare-node');
  return times && bare && times.median / bare.median;
}

function findTimes({ times }: Findings, row: TimesId): Distribution | undefined {
  return times.find(({ id }) => id === row)?.times;
}

function readAmount({ amounts = [] }: Findings, row: AmountId): number | undefined {
  return amounts.find(({ id }) => id === row)?.value;
}

/** Less than before is no better than more where nothing should change. */
function readDistance(findings: Findings, row: AmountId): number | undefined {
  const value = readAmount(findings, row);
  return value === undefined ? undefined : Math.abs(value);
}
