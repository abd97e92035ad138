import type { FrameTable } from '../../server/core/can/frame-table.ts';
import { groupMessages } from '../../server/core/can/message-groups.ts';
import { compileMessage, type MessagePlan } from '../../server/core/dbc/codec/message-plan.ts';
import { type Database, findMessage } from '../../server/core/dbc/model/database.ts';

/** Frames of one message on one bus that the database knows. */
export interface KnownMessage {
  readonly plan: MessagePlan;
  readonly rows: Uint32Array;
}

/** Finds what can be decoded; plans are made once for each message and kept. */
export class KnownMessages {
  readonly #database: Database;
  readonly #plans = new Map<number, MessagePlan | undefined>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Lists the known messages of a table, by bus. */
  list(table: FrameTable): readonly KnownMessage[] {
    const { count, arbitrationId, start, rows } = groupMessages(table);
    const known: KnownMessage[] = [];
    for (let i = 0; i < count; i++) {
      const plan = this.#findPlan(arbitrationId[i]!);
      if (plan !== undefined) known.push({ plan, rows: rows.subarray(start[i], start[i + 1]) });
    }
    return known;
  }

  #findPlan(arbitrationId: number): MessagePlan | undefined {
    if (this.#plans.has(arbitrationId)) return this.#plans.get(arbitrationId);
    const message = findMessage(this.#database, arbitrationId);
    const plan = message && compileMessage(message);
    this.#plans.set(arbitrationId, plan);
    return plan;
  }
}

/** How many values decoding gives. */
export function countValues(known: readonly KnownMessage[]): number {
  return known.reduce((sum, { plan, rows }) => sum + plan.signals.length * rows.length, 0);
}
