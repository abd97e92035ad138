import { writeCanEvent } from '../../server/adapters/capnp/can-event-writer.ts';
import { EventWriter } from '../../server/adapters/capnp/event-writer.ts';
import type { PlainValue } from '../../server/adapters/capnp/plain-value.ts';
import { readSchemaSource } from '../../server/adapters/capnp/schema-source.ts';
import { CAR_SERVICES } from './car-services.ts';
import { CanTraffic } from './can-traffic.ts';
import { CANFD_FRAMES_PER_SECOND } from './canfd-frames.ts';
import { DEVICE_SERVICES } from './device-services.ts';
import type { DrivePlan } from './drive-plan.ts';
import { DriveTruth } from './drive-truth.ts';
import { EventQueue } from './event-queue.ts';
import { FrameBatch } from './frame-batch.ts';
import { describeInitData, INIT_DATA_MONO_TIME } from './init-data.ts';
import { SeededRandom } from './seeded-random.ts';
import { DRIVE_START_NANOS, type PeriodicService } from './service-value.ts';
import { TICK_SECONDS, Vehicle, type VehicleState } from './vehicle.ts';

/** Length of a segment on the device. */
export const SEGMENT_SECONDS = 60;

const TICK_NANOS = 10_000_000;
/** Offset of `can` and `sendcan` within a tick. */
const CAN_OFFSET_NANOS = 600_000;
const SENDCAN_OFFSET_NANOS = 7_200_000;
/** Publishers wake up late by up to this. */
const JITTER_NANOS = 300_000;
/** The logger takes up an event at most so much after its publication; gives about 9 % inversions, as in real logs. */
const ARRIVAL_DELAY_NANOS = 850_000;

const PERIODIC_SERVICES = [...CAR_SERVICES, ...DEVICE_SERVICES];

/** What can be chosen besides the plan. */
export interface DriveLogOptions {
  /** Load of the CAN-FD kinds; 5,500 when left out. */
  readonly canFdFramesPerSecond?: number;
  /** Into how many segments of equal length the drive is cut; 1 when left out. */
  readonly segmentCount?: number;
}

/** Turns a plan into events, segment by segment, in memory bounded by a few ticks. */
export class DriveLog {
  /** Counts what has been written so far. */
  readonly truth: DriveTruth;
  readonly segmentCount: number;
  readonly #plan: DrivePlan;
  readonly #tickCount: number;
  readonly #ticksPerSegment: number;
  readonly #vehicle: Vehicle;
  readonly #traffic: CanTraffic;
  readonly #random: SeededRandom;
  readonly #writer = new EventWriter(readSchemaSource());
  readonly #queue = new EventQueue();
  readonly #batch = new FrameBatch();

  constructor(plan: DrivePlan, options: DriveLogOptions = {}) {
    this.#plan = plan;
    this.#tickCount = Math.round(plan.durationSeconds / TICK_SECONDS);
    this.segmentCount = options.segmentCount ?? 1;
    this.#ticksPerSegment = Math.ceil(this.#tickCount / this.segmentCount);
    this.#vehicle = new Vehicle(plan);
    this.#traffic = new CanTraffic(plan, options.canFdFramesPerSecond ?? CANFD_FRAMES_PER_SECOND);
    this.#random = new SeededRandom(plan.seed);
    this.truth = new DriveTruth();
  }

  /** Yields the events of a segment, framed, in batches of one tick. Segments must be asked for in order. */
  *generateSegment(segment: number): Generator<readonly Uint8Array[]> {
    const first = segment * this.#ticksPerSegment;
    const end = Math.min(first + this.#ticksPerSegment, this.#tickCount);
    yield [
      this.#writeInitData(),
      this.#writeSentinel(first, segment === 0 ? 'startOfRoute' : 'startOfSegment'),
    ];
    for (let tick = first; tick < end; tick++) {
      this.#publishTick(tick);
      yield this.#queue.take(toMonoNanos(tick + 1));
    }
    yield this.#queue.take(Infinity);
    yield [this.#writeSentinel(end, end === this.#tickCount ? 'endOfRoute' : 'endOfSegment')];
  }

  #writeInitData(): Uint8Array {
    return this.#write(INIT_DATA_MONO_TIME, 'initData', describeInitData(this.#plan.kind, this.#plan.seed));
  }

  #writeSentinel(tick: number, type: string): Uint8Array {
    return this.#write(BigInt(toMonoNanos(tick)), 'sentinel', { type });
  }

  #publishTick(tick: number): void {
    const car = this.#vehicle.step();
    this.truth.countCar(car);
    this.#publishFrames(tick, car);
    for (const service of PERIODIC_SERVICES) {
      if (tick % service.periodTicks === 0) this.#publish(tick, car, service);
    }
  }

  #publishFrames(tick: number, car: VehicleState): void {
    this.#traffic.fillReceived(this.#batch, tick, car);
    this.#publishBatch('can', toMonoNanos(tick) + CAN_OFFSET_NANOS);
    this.#traffic.fillSent(this.#batch, tick, car);
    if (this.#batch.length > 0) this.#publishBatch('sendcan', toMonoNanos(tick) + SENDCAN_OFFSET_NANOS);
  }

  #publishBatch(service: 'can' | 'sendcan', nanos: number): void {
    const monoNanos = nanos + this.#random.below(JITTER_NANOS);
    const bytes = writeCanEvent({ logMonoTime: BigInt(monoNanos), service, frames: this.#batch });
    this.truth.countEvent(service);
    this.truth.countFrames(service, this.#batch);
    this.#enqueue(monoNanos, bytes);
  }

  #publish(tick: number, car: VehicleState, service: PeriodicService): void {
    const monoNanos = toMonoNanos(tick) + service.offsetNanos + this.#random.below(JITTER_NANOS);
    const moment = {
      kind: this.#plan.kind,
      car,
      monoTime: BigInt(monoNanos),
      sequence: tick / service.periodTicks,
      random: this.#random,
      framesHeard: this.truth.framesHeard,
    };
    this.#enqueue(monoNanos, this.#write(moment.monoTime, service.service, service.value(moment)));
  }

  #write(logMonoTime: bigint, service: string, value: PlainValue): Uint8Array {
    this.truth.countEvent(service);
    return this.#writer.write({ logMonoTime, service, value });
  }

  #enqueue(monoNanos: number, bytes: Uint8Array): void {
    this.#queue.push({ arrivalNanos: monoNanos + this.#random.below(ARRIVAL_DELAY_NANOS), bytes });
  }
}

function toMonoNanos(tick: number): number {
  return DRIVE_START_NANOS + tick * TICK_NANOS;
}
