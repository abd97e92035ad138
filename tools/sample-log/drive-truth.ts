import type { CanBatch } from '../../server/adapters/capnp/can-event-writer.ts';
import type { ButtonPress } from './drive-plan.ts';
import { MPH, type VehicleState } from './vehicle.ts';

/** What a generated log contains, counted while it was made. */
export interface DriveSummary {
  readonly events: number;
  readonly byService: Readonly<Record<string, number>>;
  /** Frames of `can` events by bus as logged. */
  readonly canFramesByBus: Readonly<Record<string, number>>;
  readonly sendcanFrames: number;
  readonly minMph: number;
  readonly maxMph: number;
  /** Speed at the moment each cruise button went down. */
  readonly presses: readonly { readonly button: string; readonly atSeconds: number; readonly mph: number }[];
}

/** Counts a drive while it is generated. */
export class DriveTruth {
  readonly #byService = new Map<string, number>();
  readonly #framesByBus = new Map<number, number>();
  readonly #presses: { button: string; atSeconds: number; mph: number }[] = [];
  #sendcanFrames = 0;
  #minSpeed = Infinity;
  #maxSpeed = -Infinity;
  #heldButton: ButtonPress['button'] | undefined;

  countEvent(service: string): void {
    this.#byService.set(service, (this.#byService.get(service) ?? 0) + 1);
  }

  countFrames(service: 'can' | 'sendcan', frames: CanBatch): void {
    if (service === 'sendcan') this.#sendcanFrames += frames.length;
    else for (const bus of frames.bus.subarray(0, frames.length)) this.#countFrame(bus);
  }

  countCar(car: VehicleState): void {
    this.#minSpeed = Math.min(this.#minSpeed, car.speed);
    this.#maxSpeed = Math.max(this.#maxSpeed, car.speed);
    if (car.pressedButton !== undefined && car.pressedButton !== this.#heldButton) {
      this.#presses.push({
        button: car.pressedButton,
        atSeconds: round(car.seconds),
        mph: round(car.speed / MPH),
      });
    }
    this.#heldButton = car.pressedButton;
  }

  /** Frames of the panda's three buses so far. */
  get framesHeard(): [number, number, number] {
    return [this.#framesByBus.get(0) ?? 0, this.#framesByBus.get(1) ?? 0, this.#framesByBus.get(2) ?? 0];
  }

  summarize(): DriveSummary {
    return {
      events: [...this.#byService.values()].reduce((sum, count) => sum + count, 0),
      byService: Object.fromEntries([...this.#byService].sort(([a], [b]) => (a < b ? -1 : 1))),
      canFramesByBus: Object.fromEntries([...this.#framesByBus].sort(([a], [b]) => a - b)),
      sendcanFrames: this.#sendcanFrames,
      minMph: round(this.#minSpeed / MPH),
      maxMph: round(this.#maxSpeed / MPH),
      presses: this.#presses,
    };
  }

  #countFrame(bus: number): void {
    this.#framesByBus.set(bus, (this.#framesByBus.get(bus) ?? 0) + 1);
  }
}

/** Three decimals. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
