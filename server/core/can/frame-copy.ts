import type { CanFrameColumns } from './frame-columns.ts';
import type { FrameTable } from './frame-table.ts';

/** Writes rows `first` to `end` of a table, without `end`, over the frames that columns hold; their times are left out. */
export function copyFrames(
  table: FrameTable,
  [first, end]: readonly [first: number, end: number],
  into: CanFrameColumns,
): void {
  const { bus, arbitrationId, data, dataStart, dataLength } = table;
  into.clear();
  into.reserveRows(end - first);
  for (let row = first; row < end; row++) {
    const bytes = dataLength[row]!;
    into.reserveData(bytes);
    const to = into.dataStart[into.length]!;
    const from = dataStart[row]!;
    for (let byte = 0; byte < bytes; byte++) into.data[to + byte] = data[from + byte]!;
    into.bus[into.length] = bus[row]!;
    into.arbitrationId[into.length] = arbitrationId[row]!;
    into.dataStart[++into.length] = to + bytes;
  }
}
