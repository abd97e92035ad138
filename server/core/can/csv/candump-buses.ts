const BUSES = 256;

/** A CAN interface that lines name, and the number of its bus. */
export interface CandumpInterface {
  readonly name: string;
  readonly bus: number;
}

/**
 * Numbers interfaces: by the number at the end of their names, and where there is none up to 255, or another name has
 * it, by the lowest that is free. Beyond 256 interfaces all others share bus 255.
 */
export class InterfaceBuses {
  readonly #buses = new Map<string, number>();
  readonly #taken = new Set<number>();
  #lastName = '';
  #lastBus = 0;

  /** The bus of the interface whose name stands from `start` to `end` of a text; 0 where no name stands there. */
  numberOf(text: string, start: number, end: number): number {
    if (start === end) return 0;
    // Frames of one interface come one after the other: their name is not cut out again.
    const isLast = end - start === this.#lastName.length && text.startsWith(this.#lastName, start);
    if (isLast) return this.#lastBus;
    this.#lastName = text.slice(start, end);
    this.#lastBus = this.#buses.get(this.#lastName) ?? this.#add(this.#lastName);
    return this.#lastBus;
  }

  /** In the order in which they came. */
  list(): readonly CandumpInterface[] {
    return Array.from(this.#buses, ([name, bus]) => ({ name, bus }));
  }

  #add(name: string): number {
    const digits = /\d{1,3}$/.exec(name)?.[0];
    const wanted = digits === undefined ? BUSES : Number(digits);
    const bus = wanted < BUSES && !this.#taken.has(wanted) ? wanted : this.#findFree();
    if (this.#buses.size < BUSES) this.#buses.set(name, bus);
    this.#taken.add(bus);
    return bus;
  }

  #findFree(): number {
    for (let bus = 0; bus < BUSES; bus++) if (!this.#taken.has(bus)) return bus;
    return BUSES - 1;
  }
}
