import { EventOrder } from '../../../core/rlog/event-order.ts';
import type { OpenLog } from '../open-log.ts';

const FIRST_ROWS = 1024;

/** Events as rows of a list, in the order of time. */
export interface EventList {
  readonly length: number;
  /** Event of a row of the list, as a row of the log's columns. */
  eventAt(place: number): number;
  /** The first row that is later; `length` where none is. */
  placeAfter(seconds: number): number;
  /** The row of an event; -1 where it is not in the list. */
  placeOf(event: number): number;
}

/** All events of a log. */
export function listAllEvents({ order, events }: OpenLog): EventList {
  order.update(events);
  return {
    length: order.length,
    eventAt: (place) => order.rows[place] ?? 0,
    placeAfter: (seconds) => order.placeAfter(seconds, events.seconds),
    placeOf: (event) => (event < events.length ? order.placeOf(event, events.seconds) : -1),
  };
}

/** Events that are picked one by one, in file order, from a log that grows. */
export class PickedEvents implements EventList {
  /** Events of the log that were looked at: the next one to look at. */
  looked = 0;
  length = 0;
  #event = new Uint32Array(FIRST_ROWS);
  #seconds = new Float64Array(FIRST_ROWS);
  readonly #order = new EventOrder();
  #isOrdered = true;

  /** Bytes of memory. */
  get memoryBytes(): number {
    return 12 * this.#event.length + 4 * this.#order.rows.length;
  }

  /** Adds an event behind the last one, in file order. */
  add(event: number, seconds: number): void {
    if (this.length === this.#event.length) this.#grow();
    this.#event[this.length] = event;
    this.#seconds[this.length++] = seconds;
    this.#isOrdered = false;
  }

  /** Forgets everything: times have changed. */
  clear(): void {
    this.looked = this.length = 0;
    this.#order.reset();
  }

  eventAt(place: number): number {
    return this.#event[this.#ordered.rows[place] ?? 0] ?? 0;
  }

  placeAfter(seconds: number): number {
    return this.#ordered.placeAfter(seconds, this.#seconds);
  }

  placeOf(event: number): number {
    const row = this.#rowOf(event);
    return row < 0 ? -1 : this.#ordered.placeOf(row, this.#seconds);
  }

  get #ordered(): EventOrder {
    if (!this.#isOrdered) this.#order.update({ length: this.length, seconds: this.#seconds });
    this.#isOrdered = true;
    return this.#order;
  }

  #rowOf(event: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#event[middle] ?? 0;
      if (found === event) return middle;
      if (found < event) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #grow(): void {
    const capacity = 2 * this.#event.length;
    this.#event = new Uint32Array(this.#event.buffer.transfer(4 * capacity));
    this.#seconds = new Float64Array(this.#seconds.buffer.transfer(8 * capacity));
  }
}
