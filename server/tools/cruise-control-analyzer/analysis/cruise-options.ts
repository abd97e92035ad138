import type { BitAddress } from './cruise-findings.ts';

export type MarkerType = 'none' | 'blinkers' | 'manual' | 'cruise-buttons';

/** A marker set by hand, in seconds after second 0 of the log. */
export interface ManualMarker {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What marks a stretch of the drive: see `MarkerType`. */
export interface MarkerOptions {
  readonly type: MarkerType;
  readonly preSeconds: number;
  readonly postSeconds: number;
  /** A start without a stop is forgotten after so long; a stop exactly then still counts. */
  readonly timeoutSeconds: number;
  /** For `manual` only. */
  readonly manual: readonly ManualMarker[];
}

export interface EngagedOptions {
  readonly bit: BitAddress;
  /** `filter` leaves only edges, runs and moments within engaged intervals. */
  readonly mode: 'annotate' | 'filter';
  readonly marginSeconds: number;
}

export interface CruiseOptions {
  /** Both ends included. */
  readonly speedRange: { readonly minMph: number; readonly maxMph: number };
  readonly markers: MarkerOptions;
  readonly engaged?: EngagedOptions | undefined;
  /** Further bits whose runs are wanted; one without a bus is watched on all that have the message. */
  readonly watches?: readonly BitAddress[] | undefined;
  /** Where second 0 of the log lies on the time line of the frames; default: the earliest frame. */
  readonly zeroSeconds?: number | undefined;
}
