import type { FrameTable } from '../../../core/can/frame-table.ts';
import { MessageIndex } from '../../../core/can/message-index.ts';
import { BitToggles, PayloadChanges } from '../../../core/can/payload-changes.ts';
import type { OpenLog } from '../open-log.ts';

/** What is counted of one message, and of which order of its rows. */
interface MessageCounts {
  readonly moves: number;
  readonly changes: PayloadChanges;
  readonly toggles: BitToggles;
}

/** The messages of the `can` or `sendcan` frames of an open log; what is read of it later is taken in when it is asked. */
export class LogMessages {
  readonly table: FrameTable;
  readonly #log: OpenLog;
  #timeVersion: number;
  #index: MessageIndex;
  #order: readonly number[] = [];
  #counts: (MessageCounts | undefined)[] = [];

  constructor(log: OpenLog, table: FrameTable) {
    this.#log = log;
    this.table = table;
    this.#timeVersion = log.timeVersion;
    this.#index = new MessageIndex(table);
  }

  /** Rows by message, of all frames that have been read. Another one when second 0 of the log has moved. */
  get index(): MessageIndex {
    return this.#findIndex();
  }

  #findIndex(): MessageIndex {
    const { timeVersion } = this.#log;
    if (this.#timeVersion !== timeVersion) {
      this.#timeVersion = timeVersion;
      this.#index = new MessageIndex(this.table);
      this.#counts = [];
      this.#order = [];
    }
    this.#index.update();
    return this.#index;
  }

  /** Takes in what was read: little at a time costs nobody anything. */
  update(): void {
    const { count } = this.#findIndex();
    for (let message = 0; message < count; message++) this.countChanges(message);
  }

  /** All messages by bus, then by id. */
  listByBus(): readonly number[] {
    const { index } = this;
    if (this.#order.length === index.count) return this.#order;
    return (this.#order = Array.from({ length: index.count }, (_, message) => message).sort(
      (a, b) => index.busOf(a) - index.busOf(b) || index.arbitrationIdOf(a) - index.arbitrationIdOf(b),
    ));
  }

  /** How the payloads of a message change, over the whole log. */
  countChanges(message: number): PayloadChanges {
    const { index } = this;
    const { changes } = this.#findCounts(index, message);
    changes.add(this.table, index.borrowRows(message));
    return changes;
  }

  /** How often the bits of a message change, over the whole log. */
  countToggles(message: number): BitToggles {
    const { index } = this;
    const { toggles } = this.#findCounts(index, message);
    toggles.add(this.table, index.borrowRows(message));
    return toggles;
  }

  /** Frames per second between the first and the last; null with fewer than two, or no time between them. */
  rateOf(message: number): number | null {
    const rows = this.index.borrowRows(message);
    const { seconds } = this.table;
    const span = (seconds[rows.at(-1) ?? 0] ?? 0) - (seconds[rows[0] ?? 0] ?? 0);
    return rows.length > 1 && span > 0 ? (rows.length - 1) / span : null;
  }

  #findCounts(index: MessageIndex, message: number): MessageCounts {
    const moves = index.movesOf(message);
    const known = this.#counts[message];
    if (known?.moves === moves) return known;
    return (this.#counts[message] = { moves, changes: new PayloadChanges(), toggles: new BitToggles() });
  }
}
