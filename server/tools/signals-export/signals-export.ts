import { CtsError } from '#protocol';
import type { EncodeParquet } from '../../core/table/parquet-encoder.ts';
import { expectLog } from '../input-access.ts';
import type { Analyzer, ToolContext } from '../tool.ts';
import { readGivenDatabases } from '../reading/given-databases.ts';
import { WorkPauses } from '../reading/work-pauses.ts';
import { CsvSignalFile } from './csv-signal-file.ts';
import type { ColumnForm } from './export-columns.ts';
import { describeExport, type ExportDescription, toParquetMetadata } from './export-description.ts';
import { exportParameters, type ExportParameters, findExportConflict } from './export-parameters.ts';
import { LogCanSignals } from './log-can-signals.ts';
import { LogFieldSignals, MAX_SIGNALS } from './log-field-signals.ts';
import { LongParquetFile, WideParquetFile } from './parquet-signal-file.ts';
import { listRecordedRows } from './recorded-rows.ts';
import { createGrid, listResampledRows, type SampleGrid } from './resampled-rows.ts';
import type { SignalBlock } from './signal-block.ts';
import type { SignalFile } from './signal-file.ts';
import { countSamples, type SignalSet } from './signal-source.ts';

const SCHEMA_FILE = 'signals.schema.json';
/** Reading is this part of the work, writing the rest. */
const READING = { from: 0, to: 0.7 };
/** Rows of a resampled table: three hours at 10 kHz. More is most likely a mistake. */
const MOST_ROWS = 1e8;
const MEDIA_TYPES = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet' } as const;

type ExportContext = ToolContext<ExportParameters>;

/** What the tool is made with. */
export interface SignalsExportParts {
  readonly encodeParquet: EncodeParquet;
}

/** Makes the tool that writes fields of a log and signals of its frames over time as one table. */
export function createSignalsExport({
  encodeParquet,
}: SignalsExportParts): Analyzer<typeof exportParameters> {
  const tool: Analyzer<typeof exportParameters> = {
    id: 'signals-export',
    version: '1.1.0',
    title: 'Signals Export',
    summary: 'Fields of a log and signals of a DBC as a table: CSV or Parquet, as recorded or resampled',
    description:
      'Reads any numbers of a log, such as carState.vEgo, and signals of CAN messages by DBC files, such as ' +
      'WHEEL_SPEEDS.WHEEL_SPEED_FL, and writes them over time: a column a field or a row a value, ' +
      'at the times they were recorded or at a fixed rate. A second file tells unit, origin, count and range of each.',
    input: { parameter: 'log', kinds: ['log'], isRequired: true },
    outputTypes: [MEDIA_TYPES.csv, MEDIA_TYPES.parquet, 'application/json'],
    parameters: exportParameters,
    checkParameters: findExportConflict,
    async run(context) {
      const fields = new LogFieldSignals(context.parameters.fields, context.parameters.schema);
      const messages = await openCanSignals(context);
      await expectLog(context.input).read([fields, ...messages], { progress: READING });
      const set = joinSignals(fields.finish(), messages);
      tellEmptySignals(context, set);
      const description = describeExport({
        ...readForm(context.parameters),
        set,
        tool,
        inputs: await context.describeInputs(),
        logSchema: fields.schemaChoice?.id ?? '',
        parameters: context.parameters,
      });
      await writeSignals(context, { set, description, encodeParquet });
      await writeDescription(context, description);
    },
  };
  return tool;
}

/** Frames are looked at only where signals of messages are asked for. */
async function openCanSignals(context: ExportContext): Promise<readonly LogCanSignals[]> {
  const { signals } = context.parameters;
  return signals.length === 0 ? [] : [new LogCanSignals(await readGivenDatabases(context), signals)];
}

/** @throws {CtsError} INVALID_PARAMETER for more signals than a table can have columns. */
function joinSignals({ startNs, signals }: SignalSet, messages: readonly LogCanSignals[]): SignalSet {
  const joined = [...signals, ...messages.flatMap((each) => each.finish(startNs))];
  if (joined.length <= MAX_SIGNALS) return { startNs, signals: joined };
  throw new CtsError(
    'INVALID_PARAMETER',
    `fields and signals name ${String(joined.length)} signals; an export has up to ${String(MAX_SIGNALS)} columns.`,
    { details: { parameter: 'signals' }, actions: ['Name fewer signals, or export one message at a time.'] },
  );
}

interface ExportWork {
  readonly set: SignalSet;
  readonly description: ExportDescription;
  readonly encodeParquet: EncodeParquet;
}

async function writeSignals(context: ExportContext, work: ExportWork): Promise<void> {
  const { format } = context.parameters;
  // Refused before there is a file.
  const blocks = listBlocks(work.set, context.parameters);
  const name = `signals.${format}`;
  const artifact = await context.artifacts.create(name, MEDIA_TYPES[format]);
  const file = createFile(work, context.parameters);
  const pauses = new WorkPauses(context.signal);
  let rows = 0;
  for (const block of blocks) {
    const added = file.add(block);
    rows += added.rows;
    for (const piece of added.pieces) await artifact.write(piece);
    context.tellProgress(measureProgress(block, work.set), `writing ${name}`);
    await pauses.pauseWhenDue();
  }
  for (const piece of file.finish(toParquetMetadata(work.description))) await artifact.write(piece);
  await artifact.finish({ rows });
  if (rows === 0)
    context.tell('WARNING', 'No value lies in the stretch of time that was asked for: the table is empty.');
  context.tell(
    'INFO',
    `Wrote ${name} with ${String(rows)} rows of ${String(work.set.signals.length)} signals.`,
  );
}

function createFile({ set, encodeParquet }: ExportWork, parameters: ExportParameters): SignalFile {
  const form = readForm(parameters);
  if (parameters.format === 'csv') return new CsvSignalFile(set, { ...form, layout: parameters.layout });
  return parameters.layout === 'wide'
    ? new WideParquetFile(set, form, encodeParquet)
    : new LongParquetFile(set, form, encodeParquet);
}

function readForm({ time, enums, interpolation }: ExportParameters): ColumnForm {
  return { time, enums, isInterpolated: interpolation === 'linear' };
}

/** @throws {CtsError} INVALID_PARAMETER when a rate makes too many rows. */
function listBlocks({ signals }: SignalSet, parameters: ExportParameters): Iterable<SignalBlock> {
  const { rate_hz, fill, interpolation, max_gap = Infinity } = parameters;
  const { time_from = -Infinity, time_to = Infinity } = parameters;
  const [from, to] = [time_from * 1e9, time_to * 1e9];
  const holdNs = max_gap * 1e9;
  if (rate_hz === undefined)
    return listRecordedRows(signals, { from, to, holdNs: fill === 'previous' ? holdNs : 0 });
  const span = findSpan(signals);
  const grid = createGrid(rate_hz, Math.max(from, span.from), Math.min(to, span.to));
  refuseTooManyRows(grid, span);
  return listResampledRows(signals, { ...grid, interpolation, holdNs });
}

/** From the first sample to the last, in nanoseconds. */
function findSpan(signals: SignalSet['signals']): { readonly from: number; readonly to: number } {
  const from = Math.min(...signals.map(({ nanoseconds }) => nanoseconds.at(0) ?? Infinity));
  const to = Math.max(...signals.map(({ nanoseconds }) => nanoseconds.at(-1) ?? -Infinity));
  return { from, to };
}

function refuseTooManyRows(
  { rateHz, count }: SampleGrid,
  span: { readonly from: number; readonly to: number },
): void {
  if (count <= MOST_ROWS) return;
  const seconds = ((span.to - span.from) / 1e9).toFixed(0);
  throw new CtsError(
    'INVALID_PARAMETER',
    `rate_hz ${String(rateHz)} makes ${String(count)} rows: the samples lie within ${seconds} s. A table has up to ${String(MOST_ROWS)} rows.`,
    {
      details: { parameter: 'rate_hz' },
      actions: ['Lower rate_hz, or give time_from and time_to.'],
    },
  );
}

function measureProgress({ length, nanoseconds }: SignalBlock, { signals }: SignalSet): number {
  const span = findSpan(signals);
  const at = nanoseconds[length - 1] ?? span.to;
  const part = span.to > span.from ? (at - span.from) / (span.to - span.from) : 1;
  return READING.to + (1 - READING.to) * Math.max(0, Math.min(part, 1));
}

/** All numbers of a service are many, and some of them nobody sets. */
const NAMED = 8;

function tellEmptySignals({ tell }: ExportContext, { signals }: SignalSet): void {
  const empty = signals.filter((signal) => countSamples(signal) === 0).map(({ name }) => name);
  if (empty.length === 0) return;
  const rest = empty.length > NAMED ? ` and ${String(empty.length - NAMED)} more` : '';
  const names = `${empty.slice(0, NAMED).join(', ')}${rest}`;
  tell('WARNING', `No event of this log has a value for ${names}: empty columns.`);
}

async function writeDescription({ artifacts }: ExportContext, description: ExportDescription): Promise<void> {
  const artifact = await artifacts.create(SCHEMA_FILE, 'application/json');
  await artifact.write(new TextEncoder().encode(`${JSON.stringify(description, null, 2)}\n`));
  await artifact.finish();
}
