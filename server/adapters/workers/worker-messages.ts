import * as z from 'zod';
import { REQUESTS } from '#contract';
import { ERROR_TRAITS, type ErrorCode, type Wire } from '#protocol';

/** Most bytes of one message; the report on a route of a thousand segments is a tenth of it. */
export const MAX_MESSAGE_BYTES = 4 << 20;

const count = z.int().min(0);
const text = z.string().max(10_000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const ProducedFile = z.strictObject({
  name: z.string().min(1).max(1000),
  mediaType: z.string().max(200),
  sizeBytes: count,
  sha256,
  rows: count.nullable(),
});

const InputFile = z.strictObject({
  name: z.string().max(4096),
  path: z.string().max(4096),
  sizeBytes: count,
  sha256,
});

const ToldFailure = z.strictObject({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(ERROR_TRAITS, code)),
  message: text,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  actions: z.array(text).max(20),
});

const JobOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('finished'),
    files: z.array(ProducedFile).max(10_000),
    inputs: z.array(InputFile).max(10_000),
    report: REQUESTS['runs/get'].result.shape.report,
  }),
  z.strictObject({ kind: z.literal('failed'), failure: ToldFailure }),
  z.strictObject({ kind: z.literal('stopped') }),
]);

/** What a worker says to the service. It may be hostile: nothing is believed before it is checked against this. */
export const WorkerMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted') }),
  z.strictObject({ kind: z.literal('started') }),
  z.strictObject({
    kind: z.literal('progress'),
    progress: z.strictObject({ fraction: z.number().min(0).max(1), message: text }),
  }),
  z.strictObject({
    kind: z.literal('line'),
    line: z.strictObject({ level: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR']), message: text }),
  }),
  z.strictObject({ kind: z.literal('outcome'), outcome: JobOutcome }),
]);

/** What a worker says to the service. */
export type WorkerMessage = Wire<typeof WorkerMessage>;
