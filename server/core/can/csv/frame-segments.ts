/** Names of the segments that frames may lie in, each at its number. */
export const SEGMENT_NAMES = ['post', 'pre', 'window'] as const;

// The numbers follow the alphabet: where frames of several segments share a time, comma-tools goes by the last name.
/** Behind the window. */
export const POST = 0;
/** Before the window. */
export const PRE = 1;
/** In the window. */
export const WINDOW = 2;

/** A column of segments that grows: entry `i` belongs to row `i` of a frame table. */
export class SegmentColumn {
  length = 0;
  /** May be longer than `length`, and moves when it grows. */
  segments = new Uint8Array(16_384);

  push(segment: number): void {
    this.#reserve(1);
    this.segments[this.length++] = segment;
  }

  /** Adds the same segment several times. */
  fill(segment: number, count: number): void {
    this.#reserve(count);
    this.segments.fill(segment, this.length, this.length + count);
    this.length += count;
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.segments.length) return;
    const capacity = Math.max(needed, Math.ceil(1.5 * this.segments.length));
    this.segments = new Uint8Array(this.segments.buffer.transfer(capacity));
  }
}
