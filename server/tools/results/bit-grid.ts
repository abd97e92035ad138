import { formatAddress } from '../../core/can/address-text.ts';
import { countBitChanges } from '../../core/can/bits/bit-changes.ts';
import type { FrameTable } from '../../core/can/frame-table.ts';
import type { BitGridMessage } from '../../core/report/report.ts';
import type { MessageBit } from './bit-columns.ts';

/** What the grids of one message show. */
export interface GridContent {
  readonly bus: number;
  readonly arbitrationId: number;
  /** Rows of the table in the order of time, for each stretch. */
  readonly stretches: readonly Uint32Array[];
  /** Global indices of bits that stand out. */
  readonly marked: readonly number[];
}

/** Counts the toggles of a message for a report, stretch by stretch. */
export function drawBitGrid(table: FrameTable, content: GridContent): BitGridMessage {
  const { bus, arbitrationId, stretches, marked } = content;
  const changes = stretches.map((rows) => countBitChanges(table, rows));
  return {
    title: `${formatAddress(arbitrationId)} · bus ${String(bus)}`,
    byteLength: Math.max(...changes.map(({ byteLength }) => byteLength)),
    toggles: changes.map(({ toggles }) => [...toggles]),
    marked,
  };
}

/** A message, and its bits that stand out. */
export interface MarkedMessage<Message> {
  readonly message: Message;
  /** Global indices. */
  readonly marked: readonly number[];
}

/** The messages of the first bits, at most `limit` of them, each with all of its bits. */
export function pickMarkedMessages<Message extends Omit<MessageBit, 'bit'>>(
  messages: readonly Message[],
  bits: readonly MessageBit[],
  limit: number,
): readonly MarkedMessage<Message>[] {
  const leading: MessageBit[] = [];
  for (const bit of bits) {
    if (leading.length === limit) break;
    if (!leading.some((each) => isSameMessage(each, bit))) leading.push(bit);
  }
  return leading.flatMap((first) =>
    messages
      .filter((message) => isSameMessage(message, first))
      .map((message) => ({
        message,
        marked: bits.filter((bit) => isSameMessage(bit, first)).map(({ bit }) => bit),
      })),
  );
}

function isSameMessage(a: Omit<MessageBit, 'bit'>, b: Omit<MessageBit, 'bit'>): boolean {
  return a.bus === b.bus && a.arbitrationId === b.arbitrationId;
}
