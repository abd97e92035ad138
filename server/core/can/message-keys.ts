/** Numbers pairs of bus and arbitration id in the order in which they come: a hash table with open addressing. */
export class MessageKeys {
  count = 0;
  /** One entry per message; longer than `count`, and another one when it grows. */
  bus = new Uint8Array(256);
  arbitrationId = new Uint32Array(256);
  readonly #most: number;
  /** Number of the message plus one; 0 is free. */
  #slots = new Uint32Array(1024);
  #lastMessage = -1;

  /** @param most Messages that are told apart. Default: all. */
  constructor(most = Infinity) {
    this.#most = most;
  }

  /** Numbers a message; -1 for a new one where there are too many. */
  add(bus: number, arbitrationId: number): number {
    const last = this.#lastMessage;
    if (last >= 0 && this.arbitrationId[last] === arbitrationId && this.bus[last] === bus) return last;
    const slot = this.#findSlot(bus, arbitrationId);
    const known = this.#slots[slot]! - 1;
    if (known >= 0) return (this.#lastMessage = known);
    if (this.count >= this.#most) return -1;
    this.#slots[slot] = this.count + 1;
    return (this.#lastMessage = this.#insert(bus, arbitrationId));
  }

  /** The number of a message; -1 where it was never added. */
  find(bus: number, arbitrationId: number): number {
    return this.#slots[this.#findSlot(bus, arbitrationId)]! - 1;
  }

  /** The slot of a message, or the free one where it belongs. */
  #findSlot(bus: number, arbitrationId: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(bus, arbitrationId) & mask;
    for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
      if (this.arbitrationId[found - 1] === arbitrationId && this.bus[found - 1] === bus) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #insert(bus: number, arbitrationId: number): number {
    if (this.count === this.bus.length) {
      this.bus = new Uint8Array(this.bus.buffer.transfer(2 * this.count));
      this.arbitrationId = new Uint32Array(this.arbitrationId.buffer.transfer(8 * this.count));
    }
    const message = this.count++;
    this.bus[message] = bus;
    this.arbitrationId[message] = arbitrationId;
    if (2 * this.count > this.#slots.length) this.#rehash();
    return message;
  }

  #rehash(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let message = 0; message < this.count; message++) {
      let slot = hash(this.bus[message]!, this.arbitrationId[message]!) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = message + 1;
    }
  }
}

/** Both go into every bit; the multiplier is that of Knuth, 2^32 by the golden ratio. */
function hash(bus: number, arbitrationId: number): number {
  const mixed = Math.imul(arbitrationId ^ (bus * 0x01000193), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
