import type { Run } from '#protocol';
import type { Translate } from '../translate.ts';
import { isActive } from './run-list.ts';

/** Runs that stand together: those that are not over, then those of each day. */
export interface RunGroup {
  /** Stays the same while runs come and go. */
  readonly id: string;
  readonly label: string;
  readonly runs: readonly Run[];
}

/** What days are called. */
export interface DayNames {
  readonly now: Date;
  readonly language: string;
  readonly translate: Translate;
}

const DAY_MS = 86_400_000;

/** Groups runs that are newest first. */
export function groupRuns(runs: readonly Run[], names: DayNames): readonly RunGroup[] {
  const active = runs.filter(isActive);
  const days = new Map<string, Run[]>();
  for (const run of runs) {
    if (isActive(run)) continue;
    const day = dayOf(new Date(run.createdAt));
    const list = days.get(day);
    if (list === undefined) days.set(day, [run]);
    else list.push(run);
  }
  const running =
    active.length === 0 ? [] : [{ id: 'running', label: names.translate('Running'), runs: active }];
  return [...running, ...[...days].map(([id, list]) => ({ id, label: nameDay(list[0], names), runs: list }))];
}

function nameDay(run: Run | undefined, { now, language, translate }: DayNames): string {
  const date = new Date(run?.createdAt ?? NaN);
  if (Number.isNaN(date.getTime())) return translate('Unknown day');
  if (dayOf(date) === dayOf(now)) return translate('Today');
  if (dayOf(date) === dayOf(new Date(now.getTime() - DAY_MS))) return translate('Yesterday');
  return date.toLocaleDateString(language, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  });
}

/** Where the user is. */
function dayOf(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'unknown';
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
