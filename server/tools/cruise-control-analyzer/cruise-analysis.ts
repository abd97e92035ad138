import type { FrameTable } from '../../core/can/frame-table.ts';
import type { MessageGroups } from '../../core/can/message-groups.ts';
import type {
  Activation,
  BitAddress,
  BitEdge,
  BitRun,
  BlinkerEvent,
  BusSummary,
  ButtonPress,
  CandidateBit,
  EngagedAnalysis,
  MarkerAnalysis,
  MessageSource,
  MessageTrace,
  SpeedTimeline,
  StoryEvent,
  TargetSpan,
} from './cruise-findings.ts';

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
  /** Further bits whose runs are wanted. */
  readonly watches?: readonly BitAddress[] | undefined;
  /** Where second 0 of the log lies on the time line of the frames; default: the earliest frame. */
  readonly zeroSeconds?: number | undefined;
}

/** Everything that is found. Without a word on buses, a finding is from the bus that `sources` names. */
export interface CruiseAnalysis {
  /** Where second 0 of the log lies; 0 where there is no frame. */
  readonly zeroSeconds: number;
  /** Earliest and latest frame; equal to `zeroSeconds` where there is none. */
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly frames: number;
  /** By number. */
  readonly buses: readonly BusSummary[];
  /** The bus with most frames of cruise control; received ones before echoes; undefined where no bus has any. */
  readonly bus: number | undefined;
  /** One per message, in the order of `CRUISE_MESSAGES`. */
  readonly sources: readonly MessageSource[];
  /** Of the bus that `sources` names; undefined where no bus has wheel speeds. */
  readonly speed: SpeedTimeline | undefined;
  /** Of all buses, by number. */
  readonly speeds: readonly SpeedTimeline[];
  readonly targetSpans: readonly TargetSpan[];
  /** Of all buses: buttons, status, ES_Brake and blinkers, in the order of `CRUISE_MESSAGES`, then by bus. */
  readonly traces: readonly MessageTrace[];
  /** By time. */
  readonly presses: readonly ButtonPress[];
  readonly activations: readonly Activation[];
  readonly blinkers: readonly BlinkerEvent[];
  readonly markers: readonly MarkerAnalysis[];
  /** Of all buses: best score first, then by text of the address, bit and bus. */
  readonly candidates: readonly CandidateBit[];
  /** Of all buses, by time, then text of the address, bit and bus. */
  readonly edges: readonly BitEdge[];
  /** Of all buses: longest first, then by address, bit, bus and time. */
  readonly runs: readonly BitRun[];
  /** By time. */
  readonly timeline: readonly StoryEvent[];
  readonly engaged: EngagedAnalysis | undefined;
}

/** Finds what a log says of cruise control. Frames need no order; `groups` must be those of `frames`. */
export declare function analyzeCruise(
  frames: FrameTable,
  groups: MessageGroups,
  options: CruiseOptions,
): CruiseAnalysis;
