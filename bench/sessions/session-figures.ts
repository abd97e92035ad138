import type { LongestStep } from './step-watch.ts';

/** What some requests took. */
export interface Took extends LongestStep {
  readonly wallMs: number;
  /** Of the process, all its threads. */
  readonly cpuMs: number;
  /** Of several of a kind, of which this is the one in the middle. */
  readonly worstWallMs?: number;
}

/** What is asked of an open log. */
export type Asked =
  | 'firstRows'
  | 'reading'
  | 'overview'
  | 'activity'
  | 'messages'
  | 'canAt'
  | 'jumps'
  | 'stretch'
  | 'plot'
  | 'lines'
  | 'tree';

/** What was measured of one log. */
export interface SessionFigures {
  readonly events: number;
  readonly seconds: number;
  /** Most that the process held. */
  readonly residentMb: number;
  readonly took: Readonly<Record<Asked, Took>>;
}
