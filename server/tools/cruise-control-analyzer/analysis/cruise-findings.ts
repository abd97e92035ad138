import type { BitFrequency } from '../../../core/can/bits/change-statistics.ts';
import type { BusOrigin } from '../../../core/can/bus-origin.ts';
import type { BusFrames } from '../../../core/can/message-buses.ts';
import type { MessageActivity } from '../../../core/can/bits/window-activity.ts';
import type { CruiseMessageName } from '../../subaru/subaru-signals.ts';
import type { LeftOut } from '../../subaru/left-out-frames.ts';
import type { MarkerWindow } from '../../subaru/marker-windows.ts';
import type { Span } from '../../subaru/bit-spans.ts';

export type { BusFrames, MessageActivity };
export type BitCount = BitFrequency;

// All times are in seconds on the time line of the frame table, that is since the device was started. Speeds are those
// of the wheels' mean, in mph where the name says so.

/** A bit of a message; `bit` is global: 8 * byte + bit, bit 0 being the least significant of its byte. */
export interface BitAddress {
  readonly arbitrationId: number;
  /** Undefined: the bus that has most frames of the message. */
  readonly bus: number | undefined;
  readonly bit: number;
}

/** How fast the car was, according to the wheel speeds of one bus; columns have one entry per frame that was used. */
export interface SpeedTimeline {
  readonly bus: number;
  readonly frames: number;
  readonly leftOut: LeftOut;
  readonly length: number;
  /** Ascending. */
  readonly seconds: Float64Array;
  readonly mph: Float64Array;
  readonly kph: Float64Array;
  /** km/h of each wheel. */
  readonly wheels: Readonly<Record<'FL' | 'FR' | 'RL' | 'RR', Float64Array>>;
  /** NaN where there is no sample. */
  readonly minMph: number;
  readonly maxMph: number;
  readonly meanMph: number;
  /** Samples whose fastest and slowest wheel are more than 100 km/h apart. They count, and deserve a warning. */
  readonly wideSpreads: number;
  /** The first of them. */
  readonly firstWideSpread: { readonly seconds: number; readonly kph: number } | undefined;
}

/** The speed nearest to a moment, less than 2 s away. */
export interface NearestSpeed {
  readonly mph: number;
  /** Distance in time, not negative. */
  readonly secondsAway: number;
}

/** A stretch in which the speed was in the range asked for. */
export interface TargetSpan {
  readonly startSeconds: number;
  /** First sample outside, or the last one of all. */
  readonly endSeconds: number;
  readonly durationSeconds: number;
  /** The speed was still in range in the last sample. */
  readonly isOpenAtEnd: boolean;
}

/** Where a message of the story comes from. */
export interface MessageSource {
  readonly message: CruiseMessageName;
  readonly arbitrationId: number;
  /** The bus with most frames of the message, received ones before echoes; undefined where no bus has it. */
  readonly bus: number | undefined;
  readonly frames: number;
  /** Other buses that have it, by number. */
  readonly others: readonly BusFrames[];
}

/** A bus of the log. */
export interface BusSummary extends BusFrames {
  /** Frames of the six messages of cruise control among them. */
  readonly cruiseFrames: number;
  readonly kind: BusOrigin;
}

export type CruiseButton = 'main' | 'set' | 'resume';

/** A button went down. One that is down in the first frame is no press. */
export interface ButtonPress {
  readonly button: CruiseButton;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly isOpenAtEnd: boolean;
  readonly speed: NearestSpeed | undefined;
}

/** Cruise control took over. */
export interface Activation {
  readonly seconds: number;
  readonly message: 'Cruise_Status' | 'ES_Brake';
  readonly speed: NearestSpeed | undefined;
}

export interface MarkerAnalysis {
  readonly window: MarkerWindow;
  /** Messages that changed in the window, most changes first; not looked for behind the first 1,000 windows. */
  readonly messages: readonly MessageActivity[];
}

/** One of the ten busiest bits of a message. */
export interface CandidateBit {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly bit: number;
  readonly toggles: number;
  readonly rises: number;
  readonly falls: number;
  /** A tenth of the toggles above 40: chatter. */
  readonly penalty: number;
  /** Toggles less penalty. */
  readonly score: number;
}

/** A bit of buttons, status, ES_Brake or brake pedal changed. */
export interface BitEdge {
  readonly bus: number;
  readonly arbitrationId: number;
  readonly bit: number;
  readonly signal: string;
  readonly seconds: number;
  readonly edge: 'rise' | 'fall';
  /** Of the same bus where it has speeds, otherwise of the story's. */
  readonly speed: NearestSpeed | undefined;
  /** Whether cruise control was switched on (`cruise_on` of 0x241) then; undefined where the log does not say. */
  readonly isCruiseOn: boolean | undefined;
  /** Whether the brake lights (`brake_lights` of 0x139) were lit then. */
  readonly isBraking: boolean | undefined;
}

/** A stretch in which a bit was 1, or a marker window. */
export interface BitRun {
  /** Why it is listed. */
  readonly origin: 'signal' | 'watch' | 'window-only' | 'marker';
  /** Bus and message are undefined for markers that were set by hand. */
  readonly bus: number | undefined;
  readonly arbitrationId: number | undefined;
  readonly bit: number | undefined;
  /** `Cruise_Buttons.set`; undefined for bits without a name. */
  readonly signal: string | undefined;
  readonly startSeconds: number;
  /** Undefined for partial markers. */
  readonly endSeconds: number | undefined;
  readonly isOpenAtStart: boolean;
  readonly isOpenAtEnd: boolean;
}

export type StoryEventName =
  | 'marker_start'
  | 'marker_end'
  | 'target_speed'
  | 'target_speed_end'
  | 'main_press'
  | 'set_press'
  | 'resume_press'
  | 'main_release'
  | 'set_release'
  | 'resume_release'
  | 'cruise_on'
  | 'cruise_off'
  | 'cruise_activated'
  | 'cruise_deactivated'
  | 'set_speed'
  | 'es_brake_activated'
  | 'es_brake_deactivated'
  /** EyeSight brakes. */
  | 'es_brake_on'
  | 'es_brake_off'
  /** Brake lights. */
  | 'brake_on'
  | 'brake_off'
  | 'left_blinker_on'
  | 'left_blinker_off'
  | 'right_blinker_on'
  | 'right_blinker_off'
  | 'engaged_start'
  | 'engaged_end';

/** One moment of the story; the bit is what told it, undefined for markers set by hand. */
export interface StoryEvent {
  readonly seconds: number;
  readonly event: StoryEventName;
  readonly bus: number | undefined;
  readonly arbitrationId: number | undefined;
  /** First bit of the signal, as DBC counts. */
  readonly bit: number | undefined;
  /** The new set speed, the duration of a span that ends; undefined where the event says all. */
  readonly value: number | undefined;
  readonly speed: NearestSpeed | undefined;
}

/** When the bit that says "engaged" was 1. */
export interface EngagedAnalysis {
  readonly bit: BitAddress;
  /** The bus it was read on; undefined where no bus has the message. */
  readonly bus: number | undefined;
  readonly frames: number;
  readonly others: readonly BusFrames[];
  /** As logged. */
  readonly spans: readonly Span[];
  /** Spans with the margin on both sides, overlapping and touching ones merged, ascending. */
  readonly intervals: readonly { readonly startSeconds: number; readonly endSeconds: number }[];
  /** What `filter` took away; zeros for `annotate`. */
  readonly removed: { readonly edges: number; readonly runs: number; readonly timeline: number };
}
