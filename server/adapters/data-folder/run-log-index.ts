/** From `offset` on, all lines have a sequence above `sequence`. */
interface Mark {
  readonly sequence: number;
  readonly offset: number;
}

const START: Mark = { sequence: 0, offset: 0 };
/** Bytes between two marks: so much is read at most before the first line that is wanted. */
const MARK_BYTES = 65_536;

/** Remembers where lines stand in a log, so that whoever follows it does not read it from the start each time. */
export class RunLogIndex {
  #marks: Mark[] = [START];
  /** Where the reader that has come furthest goes on. */
  #furthest = START;

  /** The offset from which to look for lines behind a sequence number. */
  find(after: number): number {
    if (this.#furthest.sequence <= after) return this.#furthest.offset;
    return this.#marks.findLast(({ sequence }) => sequence <= after)?.offset ?? 0;
  }

  /** Notes where the line after one with this sequence begins. */
  note(sequence: number, offset: number): void {
    if (offset > this.#furthest.offset) this.#furthest = { sequence, offset };
    if (offset >= (this.#marks.at(-1)?.offset ?? 0) + MARK_BYTES) this.#marks.push({ sequence, offset });
  }

  /** Forgets what lay behind the new end of the log. */
  cut(sizeBytes: number): void {
    this.#marks = this.#marks.filter(({ offset }) => offset <= sizeBytes);
    if (this.#furthest.offset > sizeBytes) this.#furthest = this.#marks.at(-1) ?? START;
  }
}
