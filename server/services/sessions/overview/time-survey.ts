import type { ChartSpan } from '#protocol';
import { isOfLogger } from '../../../core/rlog/log-zero.ts';
import type { EventColumns } from '../../../core/rlog/event-columns.ts';

/** A shorter time without any event is none worth marking. */
const LEAST_SILENCE = 0.5;
/** A silence is longer than two of these: at least one whole one is empty. */
const SLOT_SECONDS = LEAST_SILENCE / 2;
/** Eighteen hours: a log of more is one whose times cannot be believed. */
const MOST_SLOTS = 262_144;
const MOST_SILENCES = 1000;

/** Earliest and latest of some events. */
interface Extent {
  from: number;
  to: number;
}

/** When events of a log came, whatever their order in the file; what the logger writes of itself aside. */
export class TimeSurvey {
  /** Of each segment, by its index in the log; undefined for those without events. */
  readonly segments: (Extent | undefined)[] = [];
  readonly #slots = new Map<number, Extent>();
  #taken = 0;
  #timeVersion = 0;

  /** Takes in the events that the columns have more than at the last update. */
  update(events: EventColumns, timeVersion: number): void {
    if (this.#timeVersion !== timeVersion) this.#clear();
    this.#timeVersion = timeVersion;
    const { seconds, segment, tag, length } = events;
    let [slotNumber, slot] = [NaN, createExtent()];
    for (let row = this.#taken; row < length; row++) {
      if (isOfLogger(tag[row]!)) continue;
      const at = seconds[row]!;
      extend((this.segments[segment[row]!] ??= createExtent()), at);
      const own = Math.floor(at / SLOT_SECONDS);
      if (own !== slotNumber) [slotNumber, slot] = [own, this.#findSlot(own)];
      extend(slot, at);
    }
    this.#taken = length;
  }

  /** When no event came at all. */
  listSilences(): readonly ChartSpan[] {
    if (this.#slots.size >= MOST_SLOTS) return [];
    const spans: ChartSpan[] = [];
    let before = NaN;
    for (const { from, to } of this.#listSlots()) {
      if (from - before > LEAST_SILENCE) spans.push({ from: before, to: from });
      before = to;
    }
    return spans.slice(0, MOST_SILENCES);
  }

  #listSlots(): readonly Extent[] {
    return [...this.#slots.values()].sort((a, b) => a.from - b.from);
  }

  #findSlot(number: number): Extent {
    const known = this.#slots.get(number);
    if (known !== undefined) return known;
    const slot = createExtent();
    if (this.#slots.size < MOST_SLOTS) this.#slots.set(number, slot);
    return slot;
  }

  #clear(): void {
    this.#taken = 0;
    this.#slots.clear();
    this.segments.length = 0;
  }
}

function createExtent(): Extent {
  return { from: Infinity, to: -Infinity };
}

function extend(extent: Extent, at: number): void {
  if (at < extent.from) extent.from = at;
  if (at > extent.to) extent.to = at;
}
