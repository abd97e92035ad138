import type { EngagedOptions } from './cruise-options.ts';
import type { BitEdge, BitRun, EngagedAnalysis, StoryEvent } from './cruise-findings.ts';
import { overlapsAny } from './engaged-intervals.ts';

/** What the engaged intervals may filter. */
export interface Filterable {
  readonly edges: readonly BitEdge[];
  readonly runs: readonly BitRun[];
  readonly timeline: readonly StoryEvent[];
}

/** Keeps, in mode `filter`, edges and moments in engaged intervals, and runs that reach into one. */
export function filterByEngaged(
  all: Filterable,
  engaged: Omit<EngagedAnalysis, 'removed'> | undefined,
  mode: EngagedOptions['mode'] | undefined,
): Filterable & { readonly engaged: EngagedAnalysis | undefined } {
  if (engaged === undefined) return { ...all, engaged };
  const { intervals } = engaged;
  const isWithin = ({ seconds }: { readonly seconds: number }): boolean => overlapsAny(intervals, seconds);
  const kept: Filterable =
    mode === 'filter'
      ? {
          edges: all.edges.filter(isWithin),
          runs: all.runs.filter((run) => overlapsAny(intervals, run.startSeconds, run.endSeconds)),
          timeline: all.timeline.filter(isWithin),
        }
      : all;
  const removed = {
    edges: all.edges.length - kept.edges.length,
    runs: all.runs.length - kept.runs.length,
    timeline: all.timeline.length - kept.timeline.length,
  };
  return { ...kept, engaged: { ...engaged, removed } };
}
