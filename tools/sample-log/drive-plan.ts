import { SeededRandom } from './seeded-random.ts';

/** What a generated log is a log of. */
export type DriveKind = 'subaru' | 'canfd' | 'mixed';

/** Something that lasts: from `atSeconds` after the start of the drive, for `forSeconds`. */
export interface Span {
  readonly atSeconds: number;
  readonly forSeconds: number;
}

/** A press of one of the cruise buttons. */
export interface ButtonPress extends Span {
  readonly button: 'main' | 'set' | 'resume';
}

/** A turn signal in use; the lamp flashes meanwhile. */
export interface BlinkerUse extends Span {
  readonly side: 'left' | 'right';
}

/** All that happens on a drive; two drives of one plan are equal byte for byte. */
export interface DrivePlan {
  readonly kind: DriveKind;
  /** Seeds all noise and the background traffic. */
  readonly seed: number;
  readonly durationSeconds: number;
  /** Speed at the start of the drive. */
  readonly startMph: number;
  /** Speed that the driver holds while cruise control is off. */
  readonly driverMph: number;
  readonly presses: readonly ButtonPress[];
  readonly blinkers: readonly BlinkerUse[];
  readonly brakes: readonly Span[];
  /** The watched bit is 1: address 0x027 on bus 1, byte 5, mask 0x40 (`B5b1` counted from the MSB, bit 6 from the LSB). */
  readonly bitPulses: readonly Span[];
}

/** The choices from which a plan is made. */
export interface PlanChoices {
  readonly kind: DriveKind;
  readonly seed: number;
  readonly durationSeconds: number;
}

/** The plan of the bundled sample log. */
export const SAMPLE_PLAN_CHOICES: PlanChoices = { kind: 'subaru', seed: 55, durationSeconds: 60 };

/** What a driver does within a minute; a longer drive repeats it, each time at slightly other moments. */
const MINUTE_SECONDS = 60;
const PRESSES = [
  { button: 'set', atSeconds: 8.5, forSeconds: 0.35 },
  { button: 'set', atSeconds: 24.2, forSeconds: 0.35 },
  { button: 'set', atSeconds: 47, forSeconds: 0.35 },
  { button: 'resume', atSeconds: 55.5, forSeconds: 0.3 },
] as const;
const BLINKERS = [
  { side: 'left', atSeconds: 26, forSeconds: 2 },
  { side: 'right', atSeconds: 37, forSeconds: 2 },
] as const;
const BRAKES = [
  { atSeconds: 18.5, forSeconds: 1.2 },
  { atSeconds: 40, forSeconds: 1.5 },
  { atSeconds: 52.5, forSeconds: 0.8 },
  { atSeconds: 58.2, forSeconds: 0.6 },
] as const;
const BIT_PULSES = [
  { atSeconds: 27, forSeconds: 2 },
  { atSeconds: 30.2, forSeconds: 2 },
  { atSeconds: 33.4, forSeconds: 2 },
] as const;

/** Makes the plan of a drive around 55 mph with set presses, turn signals, brakes and bit pulses. */
export function planDrive({ kind, seed, durationSeconds }: PlanChoices): DrivePlan {
  const random = new SeededRandom(seed);
  return {
    kind,
    seed,
    durationSeconds,
    startMph: 44.5,
    driverMph: 55.4,
    presses: [
      { button: 'main', atSeconds: 1.5, forSeconds: 0.3 },
      ...repeatEachMinute(PRESSES, { durationSeconds, random, shiftSeconds: 0.8 }),
    ],
    blinkers: repeatEachMinute(BLINKERS, { durationSeconds, random, shiftSeconds: 0.5 }),
    brakes: repeatEachMinute(BRAKES, { durationSeconds, random, shiftSeconds: 0.5 }),
    bitPulses: repeatEachMinute(BIT_PULSES, { durationSeconds, random, shiftSeconds: 0.2 }),
  };
}

interface Repetition {
  readonly durationSeconds: number;
  readonly random: SeededRandom;
  /** Each span is moved by at most this. */
  readonly shiftSeconds: number;
}

/** Repeats the spans of one minute, each moved by chance, as far as they end within the drive. */
function repeatEachMinute<T extends Span>(spans: readonly T[], repetition: Repetition): T[] {
  const repeated: T[] = [];
  for (let minute = 0; minute * MINUTE_SECONDS < repetition.durationSeconds; minute++) {
    for (const span of spans) {
      const shift = repetition.random.between(-repetition.shiftSeconds, repetition.shiftSeconds);
      const atSeconds = roundToMilliseconds(minute * MINUTE_SECONDS + span.atSeconds + shift);
      if (atSeconds + span.forSeconds < repetition.durationSeconds) repeated.push({ ...span, atSeconds });
    }
  }
  return repeated;
}

function roundToMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
