import { clamp } from './time-range.ts';

/** Beyond this, browsers no longer place elements exactly: longer lists scroll in proportion. */
const MOST_PIXELS = 8_000_000;

/** Something that is opened below a row. */
export interface OpenedPart {
  readonly index: number;
  readonly height: number;
}

/** Where the rows of a list stand, and which of them are seen. */
export interface GridGeometry {
  readonly count: number;
  readonly rowHeight: number;
  readonly opened: OpenedPart | null;
}

/** Which rows are seen; `to` is not one of them. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

/** Height of all rows. */
export function measureAll({ count, rowHeight, opened }: GridGeometry): number {
  return count * rowHeight + (opened?.height ?? 0);
}

/** Height of what scrolls. */
export function measureScrolled(geometry: GridGeometry): number {
  return Math.min(measureAll(geometry), MOST_PIXELS);
}

/** The top of a row, from the top of the first. */
export function findTop(index: number, { rowHeight, opened }: GridGeometry): number {
  const pushed = opened !== null && index > opened.index ? opened.height : 0;
  return index * rowHeight + pushed;
}

/** The row at a height from the top of the first. */
export function findRow(position: number, { count, rowHeight, opened }: GridGeometry): number {
  if (count === 0) return 0;
  const last = count - 1;
  if (opened === null || position < (opened.index + 1) * rowHeight) {
    return clamp(Math.floor(position / rowHeight), 0, last);
  }
  const below = position - opened.height;
  return clamp(Math.max(opened.index, Math.floor(below / rowHeight)), 0, last);
}

/** The rows between two heights, and some more above and below. */
export function findSpan(position: number, height: number, geometry: GridGeometry): RowSpan {
  const more = 6;
  const first = findRow(position, geometry);
  const last = findRow(position + height, geometry);
  return { from: Math.max(0, first - more), to: Math.min(geometry.count, last + 1 + more) };
}

/** How far the list is scrolled, from the scroll bar's place. */
export function readPosition(scrollTop: number, height: number, geometry: GridGeometry): number {
  return scrollTop * findRatio(height, geometry);
}

/** The scroll bar's place, from how far the list is scrolled. */
export function findScrollTop(position: number, height: number, geometry: GridGeometry): number {
  return position / findRatio(height, geometry);
}

function findRatio(height: number, geometry: GridGeometry): number {
  const scrolled = measureScrolled(geometry) - height;
  return scrolled <= 0 ? 1 : (measureAll(geometry) - height) / scrolled;
}

/** How far to scroll so that a row is seen: not at all where it is. */
export function findReveal(index: number, { position, height }: SeenPart, geometry: GridGeometry): number {
  const top = findTop(index, geometry);
  if (top < position) return top;
  const bottom = top + geometry.rowHeight;
  return bottom > position + height ? bottom - height : position;
}

/** The part of a list that is seen. */
export interface SeenPart {
  readonly position: number;
  readonly height: number;
}
