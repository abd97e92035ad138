import type { FrameTable } from '../frame-table.ts';

/** The distinct payloads among some frames, in the order in which they are seen first. */
export interface PayloadCounts {
  /** A row that has the payload: the first of each. */
  readonly rows: Uint32Array;
  /** How many frames have it. */
  readonly counts: Uint32Array;
}

/**
 * Counts the distinct payloads among some frames of any length; what differs in length differs.
 *
 * @param rows Rows of the table, in any order.
 */
export function countPayloads(table: FrameTable, rows: Uint32Array): PayloadCounts {
  const mask = 2 ** Math.ceil(Math.log2(2 * rows.length + 1)) - 1;
  /** Number of the payload plus one; 0 is free. */
  const slots = new Uint32Array(mask + 1);
  const firstRows = new Uint32Array(rows.length);
  const counts = new Uint32Array(rows.length);
  let count = 0;
  for (const row of rows) {
    let slot = hashPayload(table, row) & mask;
    while (slots[slot] !== 0 && !hasSamePayload(table, row, firstRows[slots[slot]! - 1]!))
      slot = (slot + 1) & mask;
    if (slots[slot] === 0) {
      firstRows[count] = row;
      slots[slot] = ++count;
    }
    counts[slots[slot]! - 1]!++;
  }
  return { rows: firstRows.slice(0, count), counts: counts.slice(0, count) };
}

/** A payload and how many frames have it. */
export interface PayloadCount {
  /** A row that has it. */
  readonly row: number;
  readonly count: number;
}

/** The most frequent payloads; of equals, the one that was seen first. */
export function rankPayloads({ rows, counts }: PayloadCounts, limit: number): readonly PayloadCount[] {
  const top: PayloadCount[] = [];
  for (let i = 0; i < rows.length; i++) {
    const count = counts[i]!;
    // Most payloads are rarer than the last of the list.
    if (top.length >= limit && count <= (top.at(-1)?.count ?? Infinity)) continue;
    const place = top.findIndex((each) => each.count < count);
    top.splice(place === -1 ? top.length : place, 0, { row: rows[i]!, count });
    if (top.length > limit) top.pop();
  }
  return top;
}

/** A number of 32 bits that is the same for the same payloads. The multipliers are those of MurmurHash3. */
export function hashPayload({ words, dataStart, dataLength }: FrameTable, row: number): number {
  const length = dataLength[row]!;
  const start = dataStart[row]! >> 2;
  const end = start + ((length + 3) >> 2);
  let hash = length;
  for (let i = start; i < end; i++) {
    const mixed = Math.imul(words[i]!, 0xcc9e2d51);
    hash = Math.imul(hash ^ mixed ^ (mixed >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Whether two rows have the same payload, bit by bit and in length. */
export function hasSamePayload(
  { words, dataStart, dataLength }: FrameTable,
  row: number,
  other: number,
): boolean {
  const length = dataLength[row]!;
  if (length !== dataLength[other]) return false;
  const start = dataStart[row]! >> 2;
  const otherStart = dataStart[other]! >> 2;
  for (let i = 0; 4 * i < length; i++) if (words[start + i] !== words[otherStart + i]) return false;
  return true;
}
