import type { PlainValue } from '../../server/adapters/capnp/plain-value.ts';
import type { DriveKind } from './drive-plan.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { VehicleState } from './vehicle.ts';

/** What a service knows when it publishes. */
export interface Moment {
  readonly kind: DriveKind;
  readonly car: VehicleState;
  /** Nanoseconds since boot. */
  readonly monoTime: bigint;
  /** Number of this event among those of its service, from 0. */
  readonly sequence: number;
  readonly random: SeededRandom;
  /** Frames heard on the panda's three buses so far. */
  readonly framesHeard: readonly [number, number, number];
}

/** A service that publishes at a fixed rate. */
export interface PeriodicService {
  readonly service: string;
  /** In ticks of 10 ms. */
  readonly periodTicks: number;
  /** When within its tick it publishes, in nanoseconds. */
  readonly offsetNanos: number;
  readonly value: (moment: Moment) => PlainValue;
}

/** Start of the drive in nanoseconds since boot, for all generated logs. */
export const DRIVE_START_NANOS = 120_000_000_000;

/** What the wall clock showed at boot: an invented moment, in nanoseconds since 1970. */
export const WALL_TIME_AT_BOOT = 1_755_000_000_000_000_000n;
