import type { ReportFiles } from '../../core/report/report.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import { writeReport } from '../results/report-artifact.ts';
import { writeCsvTable, writeJsonTable } from '../results/table-artifact.ts';
import { writeTextFile } from '../results/text-artifact.ts';
import type { Analyzer, ToolContext } from '../tool.ts';
import { readGivenDatabases } from '../reading/given-databases.ts';
import { WorkPauses } from '../reading/work-pauses.ts';
import { analyzeBits } from './bitwatch-analysis.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';
import { formatMetadata } from './bitwatch-metadata.ts';
import {
  bitwatchParameters,
  checkBitwatchParameters,
  takeFileName,
  type BitwatchParameters,
} from './bitwatch-parameters.ts';
import { composeReport } from './bitwatch-report.ts';
import { CANDIDATES_TABLE, COUNTS_TABLE, EDGES_TABLE, fillTables, HUNT_TABLE } from './bitwatch-tables.ts';
import { readLabelledFrames } from './labelled-frames.ts';
import { formatPayloadsJson } from './payloads-json.ts';
import { collectWatches } from './watched-bits.ts';
import type { Watch } from './watched-signals.ts';

type BitwatchContext = ToolContext<BitwatchParameters>;

/** Part of the run's progress at which reading ends and writing begins. */
const READ = 0.7;
const ANALYZED = 0.9;

const TABLES = [COUNTS_TABLE, EDGES_TABLE, CANDIDATES_TABLE, HUNT_TABLE];

/** Of files that the report leads to, by the middle of their names. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(TABLES.map(({ name, description }) => [name, description])),
  per_address:
    'Per message and segment: how many distinct payloads there are, and the five most frequent ones.',
  analysis_meta: 'What was analyzed, by what and how.',
};

/** Compares what the bits of all messages do before, in and behind a window of time. */
export const canBitwatch: Analyzer<typeof bitwatchParameters> = {
  id: 'can-bitwatch',
  version: '1.1.0',
  title: 'CAN Bitwatch Analyzer',
  summary: 'Which bits toggle in a window of time and at no other',
  description:
    'Reads a log, or CSV of frames labelled pre, window and post. Finds the bits that toggle in the window only, measures ' +
    'their pulses, lists the edges of watched bits, and counts frames and payloads of every message, per bus. Leaves five ' +
    'tables, a report and what they were made of.',
  input: { parameter: 'csv', kinds: ['csv', 'log'], isRequired: true },
  outputTypes: ['text/csv', 'application/json', 'text/html'],
  tables: TABLES,
  parameters: bitwatchParameters,
  checkParameters: checkBitwatchParameters,
  async run(context) {
    const watches = await collectWatches(context, await readGivenDatabases(context));
    const analysis = await analyze(context, watches);
    tellFindings(context, analysis);
    await writeFiles(context, analysis, watches);
  },
};

async function analyze(context: BitwatchContext, watches: readonly Watch[]): Promise<BitwatchAnalysis> {
  const { parameters, input, signal } = context;
  const frames = await readLabelledFrames(input, parameters);
  const pauses = new WorkPauses(signal);
  const isCsv = frames.source === 'csv';
  return analyzeBits(frames, {
    watches,
    windowStart: isCsv ? parameters.window_start : undefined,
    windowEnd: isCsv ? parameters.window_end : undefined,
    pulseRule: {
      seconds: parameters.pulse_sec,
      tolerance: parameters.pulse_tol,
      count: parameters.pulse_count,
    },
    payloadBytes: parameters.payload_bytes,
    pause: async (fraction) => {
      context.tellProgress(READ + (ANALYZED - READ) * fraction, 'Comparing the bits of each message');
      await pauses.pauseWhenDue();
    },
  });
}

function tellFindings({ tell, parameters }: BitwatchContext, analysis: BitwatchAnalysis): void {
  const { table, messages, windows, candidates } = analysis;
  tell('INFO', `Read ${String(table.length)} frames of ${String(messages.length)} messages.`);
  if (windows.length === 0) tell('WARNING', 'No frame lies in a window: there can be no candidates.');
  else {
    const [from, to] = [formatMinutes(analysis.windowStart), formatMinutes(analysis.windowEnd)];
    tell('INFO', `Window: ${from} to ${to}.`);
  }
  if (!analysis.hasPayloads && table.length > 0)
    tell('WARNING', 'There is no column data_hex or data: all payloads are empty.');
  if (analysis.longFrames > 0 && parameters.payload_bytes < 64)
    tell(
      'WARNING',
      `${String(analysis.longFrames)} frames have more than ${String(parameters.payload_bytes)} bytes; the others are not ` +
        'compared. payload_bytes=64 compares all.',
    );
  const matching = candidates.filter(({ hasPulses }) => hasPulses).length;
  tell(
    'INFO',
    `${String(candidates.length)} bits toggle in the window only; ${String(matching)} have the pulses.`,
  );
}

async function writeFiles(
  context: BitwatchContext,
  analysis: BitwatchAnalysis,
  watches: readonly Watch[],
): Promise<void> {
  const { artifacts, parameters, tell, tellProgress } = context;
  tellProgress(ANALYZED, 'Writing files');
  const files = new WrittenFiles(context);
  const [counts, ...others] = fillTables(analysis);
  // In the order of comma-tools.
  if (counts !== undefined) await writeCsvTable(artifacts, { ...counts, fileName: files.add('counts.csv') });
  await files.writeText('per_address.json', formatPayloadsJson(analysis));
  for (const table of others)
    await writeCsvTable(artifacts, { ...table, fileName: files.add(`${table.schema.name}.csv`) });
  if (parameters.export_json)
    for (const table of fillTables(analysis))
      await writeJsonTable(artifacts, { ...table, fileName: files.add(`${table.schema.name}.json`) });
  const report = composeReport(analysis, {
    inputName: context.input.name,
    files: describeFiles(files.names),
  });
  const fileName = files.add('report.html');
  await writeReport(context, { tool: canBitwatch, fileName, report });
  const inputs = await context.describeInputs();
  const facts = { tool: canBitwatch, run: context.run, inputs, parameters, watches, analysis };
  await files.writeText('analysis_meta.json', formatMetadata({ ...facts, files: files.names }));
  tell('INFO', 'Wrote:');
  for (const name of files.names) tell('INFO', `  ${name}`);
}

/** What stands beside the report. */
function describeFiles(names: readonly string[]): ReportFiles['files'] {
  const described = Object.entries(DESCRIPTIONS);
  return names.flatMap((name) => {
    const [, description] = described.find(([part]) => new RegExp(`\\.${part}\\.\\w+$`).test(name)) ?? [];
    return description === undefined ? [] : [{ name, description }];
  });
}

/** The files of a run, all called after one prefix. */
class WrittenFiles {
  readonly names: string[] = [];
  readonly #prefix: string;
  readonly #context: BitwatchContext;

  constructor(context: BitwatchContext) {
    const { output_prefix } = context.parameters;
    this.#context = context;
    this.#prefix = takeFileName(output_prefix);
    if (this.#prefix !== output_prefix)
      context.tell(
        'INFO',
        `Files become artifacts of the run: of "${output_prefix}", "${this.#prefix}" is their prefix.`,
      );
  }

  add(suffix: string): string {
    const name = this.name(suffix);
    this.names.push(name);
    return name;
  }

  name(suffix: string): string {
    return `${this.#prefix}.${suffix}`;
  }

  async writeText(suffix: string, text: string): Promise<void> {
    const name = this.add(suffix);
    await writeTextFile(this.#context.artifacts, { name, mediaType: 'application/json', text });
  }
}
