import type { CruiseAnalysis, CruiseOptions } from '../analysis/cruise-analysis.ts';
import type { Activation, BitCount, NearestSpeed } from '../analysis/cruise-findings.ts';
import type { MessageTrace } from '../../subaru/message-trace.ts';
import type { Span } from '../../subaru/bit-spans.ts';
import { type CruiseMessageName, isBitOfSignal } from '../../subaru/subaru-signals.ts';

/** Frames of buttons and status interleave: an activation may be logged so much before the press that caused it. */
const EARLIEST_ANSWER = -0.1;
/** An activation later than that has another cause. */
const LATEST_ANSWER = 2;
/** A brake that began so shortly around the end of an activation ended it. */
const BRAKE_REACH = 0.5;

/** A press of SET and what came of it; times in seconds since the device was started. */
export interface SetPress {
  readonly seconds: number;
  readonly speed: NearestSpeed | undefined;
  /** mph above the target range, negative below it, 0 inside; undefined without a speed. */
  readonly fromTarget: number | undefined;
  /** Seconds until cruise control was active, negative where its status was logged first. */
  readonly activeAfter: number | undefined;
  /** When ES_Brake said that cruise control was active. */
  readonly esBrakeSeconds: number | undefined;
}

/** The speeds asked for. */
export type SpeedRange = CruiseOptions['speedRange'];

export function listSetPresses(analysis: CruiseAnalysis, range: SpeedRange): readonly SetPress[] {
  const presses = analysis.presses.filter(({ button }) => button === 'set');
  return presses.map(({ startSeconds, speed }, index) => {
    const answerEnd = Math.min(startSeconds + LATEST_ANSWER, presses[index + 1]?.startSeconds ?? Infinity);
    const findAnswer = (message: Activation['message']): number | undefined =>
      analysis.activations.find(
        (activation) =>
          activation.message === message &&
          activation.seconds >= startSeconds + EARLIEST_ANSWER &&
          activation.seconds <= answerEnd,
      )?.seconds;
    const activeSeconds = findAnswer('Cruise_Status');
    return {
      seconds: startSeconds,
      speed,
      fromTarget: speed === undefined ? undefined : measureFromTarget(speed.mph, range),
      activeAfter: activeSeconds === undefined ? undefined : activeSeconds - startSeconds,
      esBrakeSeconds: findAnswer('ES_Brake'),
    };
  });
}

/** What the story's bus says in a message; undefined where no bus has it. */
export function findTrace(analysis: CruiseAnalysis, message: CruiseMessageName): MessageTrace | undefined {
  const bus = analysis.sources.find((source) => source.message === message)?.bus;
  return analysis.traces.find((trace) => trace.message === message && trace.bus === bus);
}

/** When a bit of a message was 1 on the story's bus; undefined where no bus has the message. */
export function findSpans(
  analysis: CruiseAnalysis,
  message: CruiseMessageName,
  signal: string,
): readonly Span[] | undefined {
  const trace = findTrace(analysis, message);
  return trace === undefined ? undefined : (trace.spans[signal] ?? []);
}

/** How many stretches of active cruise control ended as the car began to brake. */
export function countBrakeEnds(analysis: CruiseAnalysis): number {
  const brakes = findSpans(analysis, 'Brake_Pedal', 'brake_lights') ?? [];
  const active = findSpans(analysis, 'Cruise_Status', 'cruise_activated') ?? [];
  return active.filter(
    ({ endSeconds, isOpenAtEnd }) =>
      !isOpenAtEnd && brakes.some(({ startSeconds }) => Math.abs(startSeconds - endSeconds) <= BRAKE_REACH),
  ).length;
}

/** A bit that toggled in one marker window and never else in the log. */
export interface WindowOnlyBit extends BitCount {
  /** Number of the window, from 1. */
  readonly marker: number;
  readonly arbitrationId: number;
  readonly bus: number;
}

/**
 * Bits that toggled in one marker window only, most toggles first: what was done again and again says more than one
 * change. Those of signals that are known are no news.
 */
export function listWindowOnlyBits({ markers }: CruiseAnalysis): readonly WindowOnlyBit[] {
  const bits = markers.flatMap(({ messages }, index) =>
    messages.flatMap(({ arbitrationId, bus, windowOnlyBits }) =>
      windowOnlyBits
        .filter(({ bit }) => !isBitOfSignal(arbitrationId, bit))
        .map((count) => ({ ...count, marker: index + 1, arbitrationId, bus })),
    ),
  );
  return bits.sort((a, b) => a.marker - b.marker || b.toggles - a.toggles);
}

/** Whether the log has any message of cruise control. */
export function hasCruiseMessages({ sources }: CruiseAnalysis): boolean {
  return sources.some(({ bus }) => bus !== undefined);
}

function measureFromTarget(mph: number, { minMph, maxMph }: SpeedRange): number {
  if (mph < minMph) return mph - minMph;
  return mph > maxMph ? mph - maxMph : 0;
}
