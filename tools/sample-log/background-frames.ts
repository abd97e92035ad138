import type { FrameBatch } from './frame-batch.ts';
import { SeededRandom } from './seeded-random.ts';
import type { VehicleState } from './vehicle.ts';

/** How the payload of an unknown message changes from frame to frame. */
type Habit = 'constant' | 'counting' | 'drifting' | 'noisy';

/** A message of which nobody knows what it says. */
interface BackgroundMessage {
  readonly arbitrationId: number;
  readonly bus: number;
  readonly length: number;
  /** In ticks of 10 ms. */
  readonly periodTicks: number;
  readonly habit: Habit;
}

const MESSAGES: readonly BackgroundMessage[] = [
  { arbitrationId: 0x002, bus: 0, length: 8, periodTicks: 2, habit: 'counting' },
  { arbitrationId: 0x156, bus: 0, length: 6, periodTicks: 50, habit: 'constant' },
  { arbitrationId: 0x26a, bus: 0, length: 2, periodTicks: 5, habit: 'drifting' },
  { arbitrationId: 0x342, bus: 0, length: 8, periodTicks: 50, habit: 'counting' },
  { arbitrationId: 0x5f4, bus: 0, length: 0, periodTicks: 20, habit: 'constant' },
  { arbitrationId: 0x199, bus: 1, length: 8, periodTicks: 5, habit: 'drifting' },
  { arbitrationId: 0x279, bus: 1, length: 8, periodTicks: 4, habit: 'counting' },
  { arbitrationId: 0x3a5, bus: 1, length: 4, periodTicks: 10, habit: 'constant' },
  { arbitrationId: 0x67a, bus: 1, length: 7, periodTicks: 10, habit: 'noisy' },
  { arbitrationId: 0x18daf110, bus: 1, length: 8, periodTicks: 100, habit: 'drifting' },
  { arbitrationId: 0x106, bus: 2, length: 8, periodTicks: 5, habit: 'constant' },
  { arbitrationId: 0x2db, bus: 2, length: 3, periodTicks: 20, habit: 'drifting' },
  { arbitrationId: 0x45d, bus: 2, length: 8, periodTicks: 10, habit: 'counting' },
  { arbitrationId: 0x7df, bus: 2, length: 1, periodTicks: 20, habit: 'noisy' },
];

/** The message with the watched bit: 20 Hz on bus 1. */
const WATCHED_MESSAGE: BackgroundMessage = {
  arbitrationId: 0x027,
  bus: 1,
  length: 8,
  periodTicks: 5,
  habit: 'constant',
};
const WATCHED_BYTE = 5;
const WATCHED_MASK = 0x40;

/** Traffic besides the known messages, and the message in which one bit is worth watching. */
export class BackgroundFrames {
  readonly #random: SeededRandom;
  readonly #payloads: readonly Uint8Array[];
  readonly #watched = Uint8Array.of(0, 0, 0, 0, 4, 0, 0, 0);

  constructor(seed: number) {
    this.#random = new SeededRandom(seed ^ 0xbac6);
    this.#payloads = MESSAGES.map(({ length }) => Uint8Array.from({ length }, () => this.#random.below(256)));
  }

  /** Adds the frames that are due at `tick`. */
  addReceived(batch: FrameBatch, tick: number, car: VehicleState): void {
    MESSAGES.forEach((message, index) => {
      const payload = this.#payloads[index];
      if (payload === undefined || (tick + message.arbitrationId) % message.periodTicks !== 0) return;
      this.#change(payload, message.habit);
      batch.add(message.arbitrationId, message.bus, payload);
    });
    if (tick % WATCHED_MESSAGE.periodTicks === 0) this.#addWatched(batch, car);
  }

  #change(payload: Uint8Array, habit: Habit): void {
    const last = payload.length - 1;
    if (last < 0 || habit === 'constant') return;
    if (habit === 'counting') payload[last] = ((payload[last] ?? 0) + 1) & 0x0f;
    else if (habit === 'noisy') payload[this.#random.below(payload.length)] = this.#random.below(256);
    else payload[0] = ((payload[0] ?? 0) + this.#random.below(3) - 1) & 0xff;
  }

  #addWatched(batch: FrameBatch, car: VehicleState): void {
    this.#watched[WATCHED_BYTE] = car.isWatchedBitSet ? WATCHED_MASK : 0;
    this.#watched[7] = ((this.#watched[7] ?? 0) + 4) & 0xff;
    batch.add(WATCHED_MESSAGE.arbitrationId, WATCHED_MESSAGE.bus, this.#watched);
  }
}
