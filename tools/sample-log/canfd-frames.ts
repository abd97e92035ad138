import type { FrameBatch } from './frame-batch.ts';
import { SeededRandom } from './seeded-random.ts';
import { type VehicleState, WHEEL_SPEED_FACTOR } from './vehicle.ts';

/** Frames per second over all buses of a car with three busy CAN-FD buses. */
export const CANFD_FRAMES_PER_SECOND = 5500;

const BUS_COUNT = 3;
const TICKS_PER_SECOND = 100;
/** Payload lengths of CAN-FD as they occur; long ones dominate. */
const LENGTHS = [64, 64, 64, 64, 64, 64, 64, 64, 48, 32] as const;
const FIRST_ID = 0x035;
const ID_STEP = 5;

/** A message of which only checksum and counter are known: bytes 0 to 2. */
interface CanFdMessage {
  readonly arbitrationId: number;
  readonly bus: number;
  /** Kept between frames; only some bytes change. */
  readonly payload: Uint8Array;
}

/** A load of long frames: counters, checksums, a few moving bytes each, the rest constant. */
export class CanFdFrames {
  readonly #random: SeededRandom;
  readonly #messages: readonly CanFdMessage[];
  readonly #framesPerTick: number;
  #next = 0;
  #owed = 0;

  /** @param firstBus Bus of the panda that hears them: 0, or 4 for a second panda. */
  constructor(seed: number, framesPerSecond: number, firstBus: number) {
    this.#random = new SeededRandom(seed ^ 0xcafd);
    this.#framesPerTick = framesPerSecond / TICKS_PER_SECOND;
    this.#messages = Array.from({ length: 60 }, (_, index) => this.#makeMessage(index, firstBus));
  }

  /** Adds the frames of one tick; every message takes its turn. */
  addReceived(batch: FrameBatch, car: VehicleState): void {
    this.#owed += this.#framesPerTick;
    for (; this.#owed >= 1; this.#owed--) {
      const message = this.#messages[this.#next++ % this.#messages.length];
      if (message === undefined) continue;
      this.#change(message, car);
      batch.add(message.arbitrationId, message.bus, message.payload);
    }
  }

  #makeMessage(index: number, firstBus: number): CanFdMessage {
    const payload = Uint8Array.from({ length: this.#random.pick(LENGTHS) }, () => this.#random.below(256));
    return { arbitrationId: FIRST_ID + ID_STEP * index, bus: firstBus + (index % BUS_COUNT), payload };
  }

  #change({ arbitrationId, payload }: CanFdMessage, car: VehicleState): void {
    const speed = Math.round((car.speed * 3.6) / WHEEL_SPEED_FACTOR);
    payload[2] = ((payload[2] ?? 0) + 1) & 0xff;
    payload[3] = speed & 0xff;
    payload[4] = speed >> 8;
    for (let i = 8; i < payload.length; i += 4) payload[i] = this.#random.bits() & 0xff;
    const checksum = computeHyundaiCanFdChecksum(arbitrationId, payload);
    payload[0] = checksum & 0xff;
    payload[1] = checksum >> 8;
  }
}

/** Final XOR of Hyundai's CAN-FD checksum by payload length; 0 for lengths that are not listed. */
const FINAL_XOR: Readonly<Record<number, number>> = { 8: 0x5f29, 16: 0x041d, 24: 0x819d, 32: 0x9f5b };

/** CRC-16/XMODEM over bytes 2 and following, then the address, low byte first; kept in bytes 0 and 1, little-endian. */
export function computeHyundaiCanFdChecksum(arbitrationId: number, payload: Uint8Array): number {
  let crc = 0;
  for (let i = 2; i < payload.length; i++) crc = addToCrc(crc, payload[i] ?? 0);
  crc = addToCrc(addToCrc(crc, arbitrationId & 0xff), (arbitrationId >> 8) & 0xff);
  return crc ^ (FINAL_XOR[payload.length] ?? 0);
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

function addToCrc(crc: number, byte: number): number {
  return ((crc << 8) & 0xffff) ^ (CRC_TABLE[(crc >> 8) ^ byte] ?? 0);
}
