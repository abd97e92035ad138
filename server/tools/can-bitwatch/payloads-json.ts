import { formatAddress } from '../../core/can/address-text.ts';
import { formatPayload } from '../../core/can/frame-payload.ts';
import { SEGMENT_NAMES } from '../../core/can/csv/frame-segments.ts';
import { formatPythonJson, type PythonJson } from '../../core/table/json-text.ts';
import type { MessageFindings } from '../../core/can/bits/window-bits.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';

/**
 * Writes `per_address.json`: for every message, as `<bus>:0x<ADDRESS>`, and segment, the number of distinct payloads and
 * the five most frequent ones with their counts.
 */
export function formatPayloadsJson({ messages, table }: BitwatchAnalysis): string {
  const members = messages.map((message) => [
    `${String(message.bus)}:${formatAddress(message.arbitrationId)}`,
    describePayloads(message, (row) => formatPayload(table, row)),
  ]);
  return formatPythonJson(Object.fromEntries(members) as Record<string, PythonJson>, { indent: 2 });
}

function describePayloads({ payloads }: MessageFindings, format: (row: number) => string): PythonJson {
  const members = payloads.map(({ segment, distinct, top }) => [
    SEGMENT_NAMES[segment] ?? '',
    { unique_payloads: distinct, top_payloads: top.map(({ row, count }) => [format(row), count]) },
  ]);
  return Object.fromEntries(members) as PythonJson;
}
