import type { Run, RunState } from '#protocol';
import type { Tone } from '../shared/chips.ts';
import { formatAmount, formatPercent } from '../shared/number-text.ts';
import { formatDuration } from '../shared/time-text.ts';

/** What a state is called, and its meaning. */
export const STATE_WORDS: Readonly<Record<RunState, { readonly word: string; readonly tone: Tone }>> = {
  queued: { word: 'waiting', tone: 'quiet' },
  running: { word: 'running', tone: 'note' },
  completed: { word: 'done', tone: 'ok' },
  failed: { word: 'failed', tone: 'error' },
  canceled: { word: 'cancelled', tone: 'quiet' },
};

/** Time, progress or state in a word: what stands at the end of a run's row. */
export function describeProgress({ state, progress, durationSeconds, queuePosition, report }: Run): string {
  if (state === 'running') return progress === null ? 'running' : formatPercent(progress / 100);
  if (state === 'queued') return queuePosition === null ? 'waiting' : `${String(queuePosition)}. in line`;
  if (state !== 'completed') return STATE_WORDS[state].word;
  const findings = countFindings(report);
  if (findings > 0) return formatAmount(findings, 'finding');
  return durationSeconds === null ? 'done' : formatDuration(durationSeconds);
}

function countFindings(report: Run['report']): number {
  if (report === null) return 0;
  return report.problems.length + report.segments.reduce((sum, { problems }) => sum + problems.length, 0);
}

/** Day and time of day, as the reader's system writes them. */
export function formatMoment(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A run as people speak of it: "can-bitwatch failed after 0.4 s." */
export function describeFailedRun({ toolId, durationSeconds }: Run): string {
  return durationSeconds === null
    ? `${toolId} failed.`
    : `${toolId} failed after ${formatDuration(durationSeconds)}.`;
}
