import * as z from 'zod';

const distribution = z.object({
  count: z.number(),
  minimum: z.number(),
  median: z.number(),
  p95: z.number(),
  p99: z.number(),
  maximum: z.number(),
});

/** What the program that reads logs is told, as JSON. */
export const readerTask = z.object({
  url: z.string(),
  readers: z.int(),
  /** So many of them rest after every piece. */
  slow: z.int(),
  /** So many of them break off and come back. */
  restless: z.int(),
  /** Time in which they come, one after the other. */
  arrivalMs: z.number(),
});

export type ReaderTask = z.infer<typeof readerTask>;

/** What it prints. */
export const readerReport = z.object({
  /** Readers that had the whole log, to its end. */
  finished: z.int(),
  /** Of all readers together. */
  lines: z.int(),
  repeated: z.int(),
  reconnects: z.int(),
  /** Connections that were refused because of overload, and asked for again. */
  refusals: z.int(),
  /** When the last reader was done, on the shared clock. */
  doneMs: z.number(),
  /** Of the readers that do not rest. */
  latencies: distribution,
});

export type ReaderReport = z.infer<typeof readerReport>;
