import * as z from 'zod';
import { countOf } from '../../core/text/counted.ts';
import { filesParameter } from '../file-parameter.ts';
import { writeReport } from '../results/report-artifact.ts';
import { writeCsvTable, writeJsonTable } from '../results/table-artifact.ts';
import { writeMetadata } from '../results/metadata-artifact.ts';
import { writeTextFile } from '../results/text-artifact.ts';
import { findOverlap, parseTimeRanges } from '../reading/time-ranges.ts';
import type { Analyzer, ParameterConflict, ToolContext } from '../tool.ts';
import { describeUniqueBits } from './unique-report.ts';
import { searchUniqueBits, type UniqueFindings } from './unique-search.ts';
import { NEW_MESSAGES, toNewMessageRow, toUniqueBitRow, UNIQUE_BITS } from './unique-tables.ts';
import { formatUniqueText } from './unique-text.ts';

const ranges = z.array(z.string().max(100)).max(100).default([]);

const parameters = z.strictObject({
  background: filesParameter({
    kinds: ['csv', 'log'],
    description: 'Recordings in which what you look for did not happen; the more, the fewer bits are left',
  }),
  background_times: ranges.describe(
    'Instead of background: when it did not happen in the recording itself, such as 0-20 or 1:05-1:20',
  ),
  interesting_times: ranges.describe(
    'When it happened, such as 25-31. Default: all of the recording but background_times',
  ),
});

type UniqueParameters = z.output<typeof parameters>;

/** Finds what a recording shows and a background never did. */
export const canUnique: Analyzer<typeof parameters> = {
  id: 'can-unique',
  version: '1.0.0',
  title: 'Unique CAN Bits',
  summary: 'Bits and messages that appear in one recording and in no background',
  description:
    'Compares a recording of something that happened (a button, a lamp, a warning) with recordings, or stretches of ' +
    'time, in which it did not. Lists each bit with a value that it never had in the background, and each message ' +
    'that the background lacks, per bus.',
  input: { parameter: 'interesting', kinds: ['csv', 'log'], isRequired: true },
  outputTypes: ['text/plain', 'text/csv', 'application/json', 'text/html'],
  tables: [UNIQUE_BITS, NEW_MESSAGES],
  parameters,
  checkParameters,
  async run(context) {
    const { background_times, interesting_times } = context.parameters;
    const findings = await searchUniqueBits(context, {
      background: parseTimeRanges(background_times, 'background_times'),
      interesting: parseTimeRanges(interesting_times, 'interesting_times'),
    });
    await writeFiles(context, findings);
    const { bits, newMessages } = findings;
    const found = `${countOf(bits.length, 'new bit value')} and ${countOf(newMessages.length, 'new message')}`;
    context.tell('INFO', `Found ${found}.`);
  },
};

/** Time ranges that cannot be read are refused by name. */
function checkParameters(given: UniqueParameters): ParameterConflict | undefined {
  const background = parseTimeRanges(given.background_times, 'background_times');
  const interesting = parseTimeRanges(given.interesting_times, 'interesting_times');
  if (given.background.length === 0 && background.length === 0)
    return {
      parameter: 'background',
      expected: 'must name a recording, or background_times a stretch of this one',
    };
  if (given.background.length > 0 && background.length > 0)
    return { parameter: 'background_times', expected: 'must be empty where background names recordings' };
  const overlap = findOverlap(background, interesting);
  if (overlap === undefined) return undefined;
  return {
    parameter: 'interesting_times',
    expected: `must not overlap background_times: ${overlap}`,
  };
}

async function writeFiles(context: ToolContext<UniqueParameters>, findings: UniqueFindings): Promise<void> {
  const { artifacts } = context;
  const text = formatUniqueText(findings.messages);
  await writeTextFile(artifacts, { name: 'can_unique.txt', mediaType: 'text/plain', text });
  const bits = { schema: UNIQUE_BITS, rows: findings.bits.map(toUniqueBitRow) };
  const messages = { schema: NEW_MESSAGES, rows: findings.newMessages.map(toNewMessageRow) };
  for (const table of [bits, messages]) {
    await writeCsvTable(artifacts, { fileName: `${table.schema.name}.csv`, ...table });
    await writeJsonTable(artifacts, { fileName: `${table.schema.name}.json`, ...table });
  }
  const fileName = 'can_unique.analysis_meta.json';
  await writeMetadata(context, { tool: canUnique, fileName, tables: [UNIQUE_BITS, NEW_MESSAGES] });
  const report = describeUniqueBits(findings);
  await writeReport(context, { tool: canUnique, fileName: 'can_unique_report.html', report });
}
