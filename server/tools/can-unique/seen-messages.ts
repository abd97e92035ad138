import { collectSeenBits, mergeSeenBits, type SeenBits } from '../../core/can/bits/seen-bits.ts';
import type { InputFrames, RecordedMessage } from '../reading/input-frames.ts';

/** Which bits were seen of every message, over any number of recordings. */
export class SeenMessages {
  frames = 0;
  readonly #seen = new Map<number, SeenBits>();

  /** Adds frames of a message. */
  add({ bus, arbitrationId, rows }: RecordedMessage, { table }: InputFrames): void {
    if (rows.length === 0) return;
    const key = keyOf(bus, arbitrationId);
    const seen = collectSeenBits(table, rows);
    const earlier = this.#seen.get(key);
    this.#seen.set(key, earlier === undefined ? seen : mergeSeenBits(earlier, seen));
    this.frames += rows.length;
  }

  /** Undefined for a message that was not seen. */
  get({ bus, arbitrationId }: Pick<RecordedMessage, 'bus' | 'arbitrationId'>): SeenBits | undefined {
    return this.#seen.get(keyOf(bus, arbitrationId));
  }
}

/** Arbitration ids have up to 32 bits: the key is exact as a double. */
function keyOf(bus: number, arbitrationId: number): number {
  return arbitrationId * 256 + bus;
}
