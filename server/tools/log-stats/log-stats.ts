import * as z from 'zod';
import type { Row, TableSchema } from '../../core/table/table-schema.ts';
import { expectLog } from '../input-access.ts';
import { writeMetadata } from '../results/metadata-artifact.ts';
import { writeReport } from '../results/report-artifact.ts';
import { writeCsvTable, writeJsonTable } from '../results/table-artifact.ts';
import type { Analyzer, ParameterConflict, ToolContext } from '../tool.ts';
import {
  BIT_RATE_TEXT,
  findRepeatedRate,
  readBitRates,
  USUAL_BIT_RATE,
  USUAL_DATA_BIT_RATE,
} from './bit-rates.ts';
import { LogSurvey } from './log-survey.ts';
import { createStatistics, type LogStatistics } from './statistics.ts';
import { createStatisticsReport } from './statistics-report.ts';
import {
  listGapRows,
  listLoadRows,
  listMessageRows,
  listServiceRows,
  listStateRows,
} from './statistics-rows.ts';
import {
  BUS_LOAD_TABLE,
  GAPS_TABLE,
  MESSAGES_TABLE,
  SERVICES_TABLE,
  STATES_TABLE,
} from './statistics-tables.ts';
import { listWarnings } from './statistics-words.ts';

const REPORT = 'log-stats.report.html';
/** Reading is most of the work. */
const READING = { from: 0, to: 0.9 };

const bitRate = z
  .string()
  .regex(BIT_RATE_TEXT, 'bits per second are expected, such as 500000 or 1:250000 for bus 1');

const parameters = z.strictObject({
  format: z.enum(['csv', 'json', 'both']).default('csv').describe('Form of the tables'),
  bitrate: z
    .array(bitRate)
    .max(64)
    .default([String(USUAL_BIT_RATE)])
    .describe('Bit rate of the buses in bits per second; BUS:RATE for a single one: 500000,1:250000'),
  data_bitrate: z
    .array(bitRate)
    .max(64)
    .default([String(USUAL_DATA_BIT_RATE)])
    .describe('Bit rate of CAN-FD data phases, given like bitrate'),
  bucket: z
    .number()
    .min(0.1)
    .max(3600)
    .default(1)
    .describe('Length in seconds of the stretches that bus load is told for'),
  gap_seconds: z.number().min(0.01).max(3600).default(0.5).describe('Shorter silences are no gaps'),
  gap_periods: z
    .number()
    .min(1)
    .max(1000)
    .default(3)
    .describe('Silences of no more than so many usual periods are no gaps'),
});

type StatisticsParameters = z.output<typeof parameters>;

/** Tells how whole and how regular a log is: services, buses, messages, states, gaps. */
export const logStats: Analyzer<typeof parameters> = {
  id: 'log-stats',
  version: '1.0.0',
  title: 'Log Statistics',
  summary: 'Services, bus load, message jitter, states and gaps of a log',
  description:
    'Walks a log or a route once and tells what is in it and what is not: rate of every service against the one that ' +
    'openpilot sends it at, load of every bus over time, period, jitter and changed bits of every message, time in ' +
    'each state, and where something was silent. Leaves five tables and a report.',
  input: { parameter: 'log', kinds: ['log'], isRequired: true },
  outputTypes: ['text/html', 'text/csv', 'application/json'],
  tables: [SERVICES_TABLE, MESSAGES_TABLE, BUS_LOAD_TABLE, STATES_TABLE, GAPS_TABLE],
  parameters,
  checkParameters: checkRates,
  async run(context) {
    const statistics = await gatherStatistics(context);
    context.tellProgress(READING.to, 'writing tables');
    const files = await writeTables(context, statistics);
    await writeReport(context, {
      tool: logStats,
      fileName: REPORT,
      report: createStatisticsReport(statistics, {
        name: context.input.name,
        bucketSeconds: context.parameters.bucket,
        files,
      }),
    });
    tellFindings(context, statistics);
  },
};

async function gatherStatistics({
  input,
  parameters: given,
}: ToolContext<StatisticsParameters>): Promise<LogStatistics> {
  const survey = new LogSurvey(given.bucket);
  await expectLog(input).read([survey], { progress: READING });
  return createStatistics(survey.describe(), {
    bucketSeconds: given.bucket,
    gapSeconds: given.gap_seconds,
    gapPeriods: given.gap_periods,
    ratesOf: readBitRates(given.bitrate, given.data_bitrate),
  });
}

function checkRates(given: StatisticsParameters): ParameterConflict | undefined {
  for (const parameter of ['bitrate', 'data_bitrate'] as const) {
    const repeated = findRepeatedRate(given[parameter]);
    if (repeated === undefined) continue;
    return { parameter, expected: `must tell the rate of each bus once; ${repeated} tells it again` };
  }
  return undefined;
}

interface WrittenFile {
  readonly name: string;
  readonly description: string;
}

async function writeTables(
  context: ToolContext<StatisticsParameters>,
  statistics: LogStatistics,
): Promise<readonly WrittenFile[]> {
  const files: WrittenFile[] = [];
  for (const [schema, rows] of listTables(statistics)) {
    context.signal.throwIfAborted();
    files.push(...(await writeTable(context, schema, rows)));
  }
  const name = 'log-stats.analysis_meta.json';
  await writeMetadata(context, { tool: logStats, fileName: name, tables: logStats.tables ?? [] });
  return [...files, { name, description: 'Where the tables come from' }];
}

function listTables({
  findings,
  services,
  buses,
  silences,
}: LogStatistics): readonly [TableSchema, readonly Row[]][] {
  return [
    [SERVICES_TABLE, listServiceRows(services, findings.start)],
    [MESSAGES_TABLE, listMessageRows(findings.messages, findings.start)],
    [BUS_LOAD_TABLE, listLoadRows(buses)],
    [STATES_TABLE, listStateRows(findings.states.states)],
    [GAPS_TABLE, listGapRows(silences)],
  ];
}

async function writeTable(
  { artifacts, parameters: { format } }: ToolContext<StatisticsParameters>,
  schema: TableSchema,
  rows: readonly Row[],
): Promise<readonly WrittenFile[]> {
  const { description } = schema;
  const [csv, json] = [`${schema.name}.csv`, `${schema.name}.json`];
  if (format !== 'json') await writeCsvTable(artifacts, { fileName: csv, schema, rows });
  if (format !== 'csv') await writeJsonTable(artifacts, { fileName: json, schema, rows });
  const names = format === 'both' ? [csv, json] : [format === 'csv' ? csv : json];
  return names.map((name) => ({ name, description }));
}

function tellFindings({ tell }: ToolContext<StatisticsParameters>, statistics: LogStatistics): void {
  for (const warning of listWarnings(statistics)) tell('WARNING', warning);
  const { absent } = statistics.findings.states;
  if (absent.length > 0) tell('INFO', `States that this log does not tell: ${absent.join(', ')}.`);
  tell('INFO', `Wrote ${REPORT}: ${String(statistics.silences.length)} gaps.`);
}
