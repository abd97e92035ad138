/** Time and names, handed in so that tests decide them. */
export interface Clock {
  /** RFC 3339, UTC, with microseconds or milliseconds. For people and records: it may jump. */
  now(): string;
  /** Milliseconds since some moment, never backwards: for durations and time limits. */
  monotonicMs(): number;
  /** Calls back once, after so many milliseconds; the returned function takes it back. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** Makes ids that nobody else has and that sort by the time they were made (UUID version 7). */
export type CreateId = () => string;
