import * as z from 'zod';
import { countOf } from '../../core/text/counted.ts';
import { listMessages, readInputFrames } from '../reading/input-frames.ts';
import { requireFrames } from '../reading/ranged-rows.ts';
import { writeReport } from '../results/report-artifact.ts';
import { writeCsvTable, writeJsonTable } from '../results/table-artifact.ts';
import { writeMetadata } from '../results/metadata-artifact.ts';
import { writeTextFile } from '../results/text-artifact.ts';
import { findOverlap, parseTimeRanges } from '../reading/time-ranges.ts';
import type { Analyzer, ParameterConflict, ToolContext } from '../tool.ts';
import { WorkPauses } from '../reading/work-pauses.ts';
import {
  type BitTransition,
  findTransitions,
  listTransitions,
  type MessageTransitions,
  type TransitionRanges,
} from './bit-transitions.ts';
import { describeTransitions, type TransitionFindings } from './transition-report.ts';
import { BIT_TRANSITIONS, toTransitionRow } from './transition-table.ts';
import { formatTransitionText } from './transition-text.ts';

const ranges = z.array(z.string().max(100)).min(1).max(100);

const parameters = z.strictObject({
  low: ranges.describe(
    'Stretches of time in which the bit has one value, such as 5-15 or 0:05-0:15,1:10-1:20',
  ),
  high: ranges.describe('Stretches of time in which it has the other value, such as 21-29'),
});

type TransitionParameters = z.output<typeof parameters>;

/** Finds bits that follow a switch: one value while it is off, the other while it is on. */
export const canBitTransition: Analyzer<typeof parameters> = {
  id: 'can-bit-transition',
  version: '1.0.0',
  title: 'CAN Bit Transitions',
  summary: 'Bits that are always 0 in one stretch of time and always 1 in another',
  description:
    'Name the seconds in which something was off (low) and those in which it was on (high): a door, a light, a gear. ' +
    'Lists each bit of received frames that has one value in all frames of the one and the other value in all frames ' +
    'of the other, per bus.',
  input: { parameter: 'log', kinds: ['csv', 'log'], isRequired: true },
  outputTypes: ['text/plain', 'text/csv', 'application/json', 'text/html'],
  tables: [BIT_TRANSITIONS],
  parameters,
  checkParameters,
  async run(context) {
    const findings = await searchTransitions(context, readRanges(context.parameters));
    await writeFiles(context, findings);
    context.tell('INFO', `Found ${countOf(findings.bits.length, 'bit')}.`);
  },
};

function readRanges({ low, high }: TransitionParameters): TransitionRanges {
  return { low: parseTimeRanges(low, 'low'), high: parseTimeRanges(high, 'high') };
}

/** Time ranges that cannot be read are refused by name. */
function checkParameters(given: TransitionParameters): ParameterConflict | undefined {
  const { low, high } = readRanges(given);
  const overlap = findOverlap(low, high);
  return overlap === undefined
    ? undefined
    : { parameter: 'high', expected: `must not overlap low: ${overlap}` };
}

async function searchTransitions(
  { input, signal }: Pick<ToolContext<unknown>, 'input' | 'signal'>,
  given: TransitionRanges,
): Promise<TransitionFindings> {
  const recording = await readInputFrames(input, { parameter: 'log' });
  requireFrames(recording, [
    { parameter: 'low', ranges: given.low },
    { parameter: 'high', ranges: given.high },
  ]);
  const pauses = new WorkPauses(signal);
  const messages: MessageTransitions[] = [];
  const bits: BitTransition[] = [];
  for (const message of listMessages(recording)) {
    await pauses.pauseWhenDue();
    const found = findTransitions(message, recording, given);
    if (found === undefined) continue;
    messages.push(found);
    bits.push(...listTransitions(found, recording));
  }
  return { recording, ranges: given, messages, bits };
}

async function writeFiles(
  context: ToolContext<TransitionParameters>,
  findings: TransitionFindings,
): Promise<void> {
  const { artifacts } = context;
  await writeTextFile(artifacts, {
    name: 'can_bit_transition.txt',
    mediaType: 'text/plain',
    text: formatTransitionText(findings.messages),
  });
  const table = { schema: BIT_TRANSITIONS, rows: findings.bits.map(toTransitionRow) };
  await writeCsvTable(artifacts, { fileName: 'bit_transitions.csv', ...table });
  await writeJsonTable(artifacts, { fileName: 'bit_transitions.json', ...table });
  const fileName = 'can_bit_transition.analysis_meta.json';
  await writeMetadata(context, { tool: canBitTransition, fileName, tables: [BIT_TRANSITIONS] });
  const report = describeTransitions(findings);
  await writeReport(context, { tool: canBitTransition, fileName: 'can_bit_transition_report.html', report });
}
