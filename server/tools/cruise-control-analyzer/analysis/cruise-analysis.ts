import type { FrameTable } from '../../../core/can/frame-table.ts';
import type { MessageGroups } from '../../../core/can/message-groups.ts';
import type { TimeSpan } from '../../../core/can/message-rows.ts';
import { findActivity } from '../../../core/can/bits/window-activity.ts';
import { listEdges } from './bit-edges.ts';
import { listRuns } from './bit-runs.ts';
import { listActivations, listPresses } from './button-presses.ts';
import { findCandidates } from './candidate-bits.ts';
import type {
  Activation,
  BitAddress,
  BitEdge,
  BitRun,
  BusSummary,
  ButtonPress,
  CandidateBit,
  EngagedAnalysis,
  MarkerAnalysis,
  MessageSource,
  SpeedTimeline,
  StoryEvent,
  TargetSpan,
} from './cruise-findings.ts';
import type { BlinkerEvent, MarkerWindow } from '../../subaru/marker-windows.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import type { CruiseOptions, EngagedOptions } from './cruise-options.ts';
import type { ManualMarker, MarkerOptions, MarkerType } from '../../subaru/marker-windows.ts';
import { type CruiseReading, pickSourceTraces, readCruiseMessages } from '../cruise-reading.ts';
import { filterByEngaged } from './engaged-filter.ts';
import { findEngaged } from './engaged-intervals.ts';
import { findMarkerBit } from './marker-bits.ts';
import { findMarkerWindows, listBlinkerEvents } from '../../subaru/marker-windows.ts';
import { tellStory } from './story-timeline.ts';
import { findTargetSpans } from './target-spans.ts';

/** Windows whose messages are looked at: where there are more, they mark nothing. */
const MOST_WINDOWS = 1000;

export type { CruiseOptions, EngagedOptions, ManualMarker, MarkerOptions, MarkerType };

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
  /** Of all buses: buttons, status, brakes and blinkers, in the order of `CRUISE_MESSAGES`, then by bus. */
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
export function analyzeCruise(
  frames: FrameTable,
  groups: MessageGroups,
  options: CruiseOptions,
): CruiseAnalysis {
  const steps = analyzeInSteps(frames, groups, options);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/**
 * The same, going on when it is asked for the next step, so that a long log can be left in between.
 *
 * @yields Which part of the work is done, from 0 to 1.
 */
export function* analyzeInSteps(
  frames: FrameTable,
  groups: MessageGroups,
  options: CruiseOptions,
): Generator<number, CruiseAnalysis, undefined> {
  const times = findTimes(frames, groups, options.zeroSeconds);
  const reading = readCruiseMessages(frames, groups);
  const findings = interpretReading(reading, options);
  const sources = pickSourceTraces(reading);
  const { blinkers } = findings;
  const windows = findMarkerWindows({ buttons: sources.Cruise_Buttons, blinkers, ...times }, options.markers);
  yield 0;
  const activity = yield* findActivity(frames, groups, windows.slice(0, MOST_WINDOWS).map(spanWindow));
  const markers = windows.map((window, i) => ({ window, messages: activity[i] ?? [] }));
  const engaged = options.engaged && findEngaged(frames, groups, options.engaged);
  const marked = { markers, markerBit: findMarkerBit(options.markers.type, reading.sources) };
  const watches = listWatches(options, engaged?.bus);
  const unfiltered = {
    edges: listEdges(reading, sources),
    runs: listRuns(frames, groups, { ...marked, traces: reading.traces, watches }),
    timeline: tellStory({ ...reading, ...findings, ...marked, traces: Object.values(sources), engaged }),
  };
  return {
    ...{ ...times, frames: frames.length, ...reading, ...findings, markers },
    candidates: findCandidates(frames, groups),
    ...filterByEngaged(unfiltered, engaged, options.engaged?.mode),
  };
}

function spanWindow({ windowStart, windowEnd }: MarkerWindow): TimeSpan {
  return { from: windowStart, to: windowEnd };
}

function interpretReading(
  reading: CruiseReading,
  { speedRange }: CruiseOptions,
): Pick<CruiseAnalysis, 'targetSpans' | 'presses' | 'activations' | 'blinkers'> {
  const { speed } = reading;
  const { Cruise_Buttons, Cruise_Status, ES_Brake, Dashlights } = pickSourceTraces(reading);
  return {
    targetSpans: speed === undefined ? [] : findTargetSpans(speed, speedRange),
    presses: listPresses(Cruise_Buttons, speed),
    activations: listActivations([Cruise_Status, ES_Brake], speed),
    blinkers: listBlinkerEvents(Dashlights),
  };
}

/** The engaged bit is watched too, on its bus. */
function listWatches(
  { watches = [], engaged }: CruiseOptions,
  bus: number | undefined,
): readonly BitAddress[] {
  return engaged === undefined ? watches : [...watches, { ...engaged.bit, bus }];
}

/** Each message is in order by itself. */
function findTimes(
  { seconds }: FrameTable,
  { count, start, rows }: MessageGroups,
  zeroSeconds: number | undefined,
): Pick<CruiseAnalysis, 'zeroSeconds' | 'firstSeconds' | 'lastSeconds'> {
  let firstSeconds = Infinity;
  let lastSeconds = -Infinity;
  for (let message = 0; message < count; message++) {
    const first = rows[start[message] ?? 0] ?? 0;
    const last = rows[(start[message + 1] ?? 0) - 1] ?? 0;
    firstSeconds = Math.min(firstSeconds, seconds[first] ?? NaN);
    lastSeconds = Math.max(lastSeconds, seconds[last] ?? NaN);
  }
  const zero = zeroSeconds ?? (count === 0 ? 0 : firstSeconds);
  if (count === 0) return { zeroSeconds: zero, firstSeconds: zero, lastSeconds: zero };
  return { zeroSeconds: zero, firstSeconds, lastSeconds };
}
