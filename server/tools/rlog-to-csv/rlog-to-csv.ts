import * as z from 'zod';
import { CanCsvWriter, CSV_HEADER, type TimeWindow } from '../../core/can/csv/can-csv.ts';
import type { CanFrames } from '../../core/can/frame-columns.ts';
import { expectLog } from '../input-access.ts';
import type { Analyzer, ArtifactWriter, ToolContext } from '../tool.ts';
import { FRAMES_TABLE } from './frames-table.ts';

const parameters = z.strictObject({
  out: z
    .string()
    .regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]+$/u, 'a plain file name is expected, without a folder')
    .refine(
      (name) => new TextEncoder().encode(name).length <= 240,
      'a file name of at most 240 bytes is expected',
    )
    .optional()
    .describe('Name of the CSV file. Default: the name of the log'),
  window_start: z
    .number()
    .optional()
    .describe('Start of a stretch of time to mark, in seconds after the first can event'),
  window_dur: z
    .number()
    .min(0)
    .optional()
    .describe('Length of that stretch in seconds; without it none is marked'),
  resync: z
    .boolean()
    .default(true)
    .describe('Behind damaged bytes, search for the next whole message; false: stop there'),
  repo_root: z
    .string()
    .optional()
    .meta({ description: 'Accepted and ignored: no openpilot checkout is needed', deprecated: true }),
});

type CsvParameters = z.output<typeof parameters>;

/** Writes every frame of the log's `can` events as a row of one CSV file, in file order. */
export const rlogToCsv: Analyzer<typeof parameters> = {
  id: 'rlog-to-csv',
  version: '1.0.0',
  title: 'RLog to CSV Converter',
  summary: 'Every CAN frame of a log as a row of CSV',
  description:
    'Columns: window, segment (pre, window or post), timestamp in seconds after the first can event, address, bus, ' +
    'data_hex. Rows stand in the order of the log. Frames that openpilot sent appear when the panda echoed them ' +
    '(bus 128 and above).',
  input: { parameter: 'rlog', kinds: ['log'], isRequired: true },
  outputTypes: ['text/csv'],
  tables: [FRAMES_TABLE],
  parameters,
  async run(context) {
    const name = context.parameters.out ?? `${context.input.name}.csv`;
    const csv = await context.artifacts.create(name, 'text/csv');
    const rows = await writeRows(context, csv);
    await csv.finish({ rows });
    context.tell('INFO', `Wrote ${name} with ${String(rows)} rows.`);
  },
};

async function writeRows(context: ToolContext<CsvParameters>, csv: ArtifactWriter): Promise<number> {
  const writer = new CanCsvWriter(windowOf(context.parameters));
  const batches = expectLog(context.input).canFrames({
    service: 'can',
    stopAtGarbage: !context.parameters.resync,
  });
  await csv.write(new TextEncoder().encode(CSV_HEADER));
  let rows = 0;
  for await (const frames of batches) {
    await writeBatch(frames, batches.firstMonoTime ?? 0n, { writer, csv });
    rows += frames.length;
  }
  await csv.write(writer.take());
  return rows;
}

interface CsvOutput {
  readonly writer: CanCsvWriter;
  readonly csv: ArtifactWriter;
}

async function writeBatch(frames: CanFrames, timeZero: bigint, { writer, csv }: CsvOutput): Promise<void> {
  let row = writer.write(frames, 0, timeZero);
  while (row < frames.length) {
    await csv.write(writer.take());
    row = writer.write(frames, row, timeZero);
  }
}

/** Both ends must be given, as in comma-tools; a single one marks nothing. */
function windowOf({ window_start, window_dur }: CsvParameters): TimeWindow | undefined {
  if (window_start === undefined || window_dur === undefined) return undefined;
  return { startSeconds: window_start, endSeconds: window_start + window_dur };
}
