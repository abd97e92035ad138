import type { FrameTable } from '../../../core/can/frame-table.ts';
import type { MessageOnBus } from '../../../core/can/message-buses.ts';
import { compileSignal } from '../../../core/dbc/codec/signal-plan.ts';
import { readValue } from '../../../core/dbc/codec/signal-values.ts';
import type { SpeedTimeline } from './cruise-findings.ts';
import { LeftOutFrames } from '../../subaru/left-out-frames.ts';
import { CRUISE_MESSAGES, isWhole, WHEEL_SIGNALS } from '../../subaru/subaru-signals.ts';

const MPH_PER_KPH = 0.621371;
/** Wheels of a car on a road do not differ more; km/h. */
const WIDE_SPREAD = 100;

const WHEEL_PLANS = {
  FL: compileSignal(WHEEL_SIGNALS.FL),
  FR: compileSignal(WHEEL_SIGNALS.FR),
  RL: compileSignal(WHEEL_SIGNALS.RL),
  RR: compileSignal(WHEEL_SIGNALS.RR),
};

/** Speeds of the four wheels in km/h. */
export interface WheelSpeeds {
  readonly FL: number;
  readonly FR: number;
  readonly RL: number;
  readonly RR: number;
}

/** Reads the wheel speeds of one bus; a frame with a wheel that is out of range costs that frame only. */
export function readSpeedTimeline(frames: FrameTable, { bus, rows }: MessageOnBus): SpeedTimeline {
  const samples = new SpeedSamples(rows.length);
  for (const row of rows) samples.add(frames, row);
  return { bus, frames: rows.length, ...samples.take() };
}

/** Reads the speeds of a frame as they stand in it, whether or not they can be true; NaN where it is too short. */
export function readWheels(frames: FrameTable, row: number): WheelSpeeds {
  return {
    FL: readValue(WHEEL_PLANS.FL, frames, row),
    FR: readValue(WHEEL_PLANS.FR, frames, row),
    RL: readValue(WHEEL_PLANS.RL, frames, row),
    RR: readValue(WHEEL_PLANS.RR, frames, row),
  };
}

/** The mean of four wheels in km/h and mph, in comma-tools' order of adding. */
export function averageWheels({ FL, FR, RL, RR }: WheelSpeeds): {
  readonly kph: number;
  readonly mph: number;
} {
  const kph = (FL + FR + RL + RR) / 4;
  return { kph, mph: kph * MPH_PER_KPH };
}

class SpeedSamples {
  readonly #leftOut = new LeftOutFrames();
  readonly #seconds: Float64Array;
  readonly #mph: Float64Array;
  readonly #kph: Float64Array;
  readonly #wheels: Record<keyof WheelSpeeds, Float64Array>;
  #length = 0;
  #wideSpreads = 0;
  #firstWideSpread: SpeedTimeline['firstWideSpread'];

  constructor(frames: number) {
    this.#seconds = new Float64Array(frames);
    this.#mph = new Float64Array(frames);
    this.#kph = new Float64Array(frames);
    const createColumn = (): Float64Array => new Float64Array(frames);
    this.#wheels = { FL: createColumn(), FR: createColumn(), RL: createColumn(), RR: createColumn() };
  }

  add(frames: FrameTable, row: number): void {
    const seconds = frames.seconds[row] ?? NaN;
    if (!isWhole(frames, row, CRUISE_MESSAGES.Wheel_Speeds)) {
      this.#leftOut.shortFrames++;
      return;
    }
    const wheels = readWheels(frames, row);
    const outlier = findOutlier(wheels);
    if (outlier === undefined) this.#keep(seconds, wheels);
    else this.#leftOut.addOutlier({ seconds, signal: outlier, value: wheels[outlier] });
  }

  #keep(seconds: number, wheels: WheelSpeeds): void {
    const { FL, FR, RL, RR } = wheels;
    const { kph, mph } = averageWheels(wheels);
    const at = this.#length++;
    this.#seconds[at] = seconds;
    this.#kph[at] = kph;
    this.#mph[at] = mph;
    this.#wheels.FL[at] = FL;
    this.#wheels.FR[at] = FR;
    this.#wheels.RL[at] = RL;
    this.#wheels.RR[at] = RR;
    const spread = Math.max(FL, FR, RL, RR) - Math.min(FL, FR, RL, RR);
    if (spread > WIDE_SPREAD && this.#wideSpreads++ === 0) this.#firstWideSpread = { seconds, kph: spread };
  }

  take(): Omit<SpeedTimeline, 'bus' | 'frames'> {
    const length = this.#length;
    const cut = (column: Float64Array): Float64Array => column.subarray(0, length);
    const { FL, FR, RL, RR } = this.#wheels;
    const mph = cut(this.#mph);
    return {
      ...{ length, seconds: cut(this.#seconds), mph, kph: cut(this.#kph) },
      wheels: { FL: cut(FL), FR: cut(FR), RL: cut(RL), RR: cut(RR) },
      ...summarizeSpeeds(mph),
      leftOut: this.#leftOut,
      wideSpreads: this.#wideSpreads,
      firstWideSpread: this.#firstWideSpread,
    };
  }
}

function findOutlier({ FL, FR, RL, RR }: WheelSpeeds): keyof WheelSpeeds | undefined {
  if (FL > WHEEL_SIGNALS.FL.maximum) return 'FL';
  if (FR > WHEEL_SIGNALS.FR.maximum) return 'FR';
  if (RL > WHEEL_SIGNALS.RL.maximum) return 'RL';
  return RR > WHEEL_SIGNALS.RR.maximum ? 'RR' : undefined;
}

function summarizeSpeeds(mph: Float64Array): Pick<SpeedTimeline, 'minMph' | 'maxMph' | 'meanMph'> {
  if (mph.length === 0) return { minMph: NaN, maxMph: NaN, meanMph: NaN };
  let minMph = Infinity;
  let maxMph = -Infinity;
  let sum = 0;
  for (const speed of mph) {
    minMph = Math.min(minMph, speed);
    maxMph = Math.max(maxMph, speed);
    sum += speed;
  }
  return { minMph, maxMph, meanMph: sum / mph.length };
}
