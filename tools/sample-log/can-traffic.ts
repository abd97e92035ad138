import { BackgroundFrames } from './background-frames.ts';
import { CanFdFrames } from './canfd-frames.ts';
import type { DrivePlan } from './drive-plan.ts';
import type { FrameBatch } from './frame-batch.ts';
import { SubaruFrames } from './subaru-frames.ts';
import type { VehicleState } from './vehicle.ts';

/** Bus of the second panda in a mixed log. */
const SECOND_PANDA = 4;

/** Everything on the buses of one drive. */
export class CanTraffic {
  readonly #subaru: SubaruFrames | undefined;
  readonly #background: BackgroundFrames | undefined;
  readonly #canFd: CanFdFrames | undefined;

  constructor(plan: DrivePlan, canFdFramesPerSecond: number) {
    if (plan.kind !== 'canfd') {
      this.#subaru = new SubaruFrames();
      this.#background = new BackgroundFrames(plan.seed);
    }
    if (plan.kind !== 'subaru') {
      const firstBus = plan.kind === 'mixed' ? SECOND_PANDA : 0;
      this.#canFd = new CanFdFrames(plan.seed, canFdFramesPerSecond, firstBus);
    }
  }

  /** Refills the batch with what the panda hears at `tick`. */
  fillReceived(batch: FrameBatch, tick: number, car: VehicleState): void {
    batch.clear();
    this.#subaru?.addReceived(batch, tick, car);
    this.#background?.addReceived(batch, tick, car);
    this.#canFd?.addReceived(batch, car);
  }

  /** Refills the batch with what openpilot sends at `tick`. */
  fillSent(batch: FrameBatch, tick: number, car: VehicleState): void {
    batch.clear();
    this.#subaru?.addSent(batch, tick, car);
  }
}
