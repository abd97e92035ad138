import { findProtection } from '../../../core/dbc/checksums/protection.ts';
import { type CheckCounts, MessageTally } from '../../../core/dbc/signals/message-tally.ts';
import type { FoundMessage } from './log-databases.ts';
import type { LogMessages } from './log-messages.ts';

/** What was checked of a message. */
export interface CheckedMessage {
  /** Undefined where the message has no checksum. */
  readonly checksums: CheckCounts | undefined;
  /** Undefined where the message has no counter. */
  readonly counters: CheckCounts | undefined;
}

interface Checking {
  readonly tally: MessageTally;
  readonly message: FoundMessage['message'];
  readonly moves: number;
  readonly index: unknown;
}

/** Checks checksums and counters of messages over a whole log, each frame once. */
export class MessageChecks {
  readonly #checkings = new Map<LogMessages, Map<number, Checking>>();

  check(messages: LogMessages, number: number, found: FoundMessage): CheckedMessage {
    const { index, table } = messages;
    const { tally } = this.#find(messages, number, found);
    const rows = index.borrowRows(number).subarray(tally.frames);
    if (rows.length > 0) tally.add(table, rows);
    return tally;
  }

  #find(messages: LogMessages, number: number, { message, opened }: FoundMessage): Checking {
    const own = this.#checkings.get(messages) ?? new Map<number, Checking>();
    this.#checkings.set(messages, own);
    const { index } = messages;
    const moves = index.movesOf(number);
    const known = own.get(number);
    if (known?.message === message && known.moves === moves && known.index === index) return known;
    const tally = new MessageTally(findProtection(message, opened.name));
    const checking = { tally, message, moves, index };
    own.set(number, checking);
    return checking;
  }
}
