import type { MessageOfBus } from '../../../core/can/message-selection.ts';

/** Messages that are told apart: cars have hundreds, a hostile log four billion. */
const MAX_MESSAGES = 16_384;

/** Something that is kept for every message of every bus while a log is walked. */
export class MessageTable<Entry extends MessageOfBus> {
  readonly #entries = new Map<number, Entry>();
  readonly #create: (bus: number, arbitrationId: number) => Entry;

  constructor(create: (bus: number, arbitrationId: number) => Entry) {
    this.#create = create;
  }

  /** Finds or makes the entry of a message; undefined where there are too many. */
  find(bus: number, arbitrationId: number): Entry | undefined {
    const key = bus * 0x1_0000_0000 + arbitrationId;
    const known = this.#entries.get(key);
    if (known !== undefined || this.#entries.size >= MAX_MESSAGES) return known;
    const entry = this.#create(bus, arbitrationId);
    this.#entries.set(key, entry);
    return entry;
  }

  /** All entries, by bus and id. */
  list(): readonly Entry[] {
    return [...this.#entries.values()].sort((a, b) => a.bus - b.bus || a.arbitrationId - b.arbitrationId);
  }
}
