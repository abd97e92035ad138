import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit } from '../../core/can/bits/bit-position.ts';
import { POST, PRE, SEGMENT_NAMES, WINDOW } from '../../core/can/csv/frame-segments.ts';
import type { Row, TableColumn, TableSchema } from '../../core/table/table-schema.ts';
import { formatMinutes } from '../../core/text/minutes-text.ts';
import { roundHalfEvenTo } from '../../core/text/python-number.ts';
import type { BitwatchAnalysis } from './bitwatch-findings.ts';

const ADDRESS: TableColumn = { name: 'address', type: 'text', description: 'Arbitration id, `0x321`' };
const BIT: TableColumn = {
  name: 'global_idx',
  type: 'integer',
  description: 'The bit as DBC counts: 8 * byte + bit from the least significant one',
};
/** Comma-tools' files are the same without it. */
const BUS: TableColumn = { name: 'bus', type: 'integer', description: 'Bus number as logged' };

/** Frames of each message in each segment. */
export const COUNTS_TABLE: TableSchema = {
  name: 'counts',
  version: 'counts.v1',
  description: 'How many frames each message has before, in and after the window; by address, then bus.',
  columns: [
    ADDRESS,
    { name: 'pre', type: 'integer', description: 'Frames before the window' },
    { name: 'window', type: 'integer', description: 'Frames in the window' },
    { name: 'post', type: 'integer', description: 'Frames after the window' },
    { name: 'delta', type: 'integer', description: 'Frames in the window less the larger of the others' },
    BUS,
  ],
};

/** Edges of the watched bits. */
export const EDGES_TABLE: TableSchema = {
  name: 'bit_edges',
  version: 'bit_edges.v1',
  description: 'When the watched bits changed, by time.',
  columns: [
    ADDRESS,
    { name: 'byte', type: 'integer', description: 'Byte of the payload, from 0' },
    { name: 'msb_bit', type: 'integer', description: 'Bit of the byte, 0 being the most significant one' },
    { name: 'lsb_bit', type: 'integer', description: 'Bit of the byte, 0 being the least significant one' },
    BIT,
    {
      name: 'timestamp',
      type: 'float',
      unit: 's',
      description: 'Time of the frame; of a log, after its first can event',
    },
    {
      name: 'rel',
      type: 'text',
      description: 'Time after the start of the window as `mm:ss.mmm`; 0 before it',
    },
    { name: 'edge', type: 'text', description: '`0->1` or `1->0`' },
    { name: 'segment', type: 'text', description: 'Segment of the frame: pre, window or post' },
    BUS,
  ],
};

/** Bits that toggle in the window only. */
export const CANDIDATES_TABLE: TableSchema = {
  name: 'candidates_window_only',
  version: 'candidates_window_only.v1',
  description: 'Bits that toggle in the window and never outside of it, in the order of their first toggles.',
  columns: [
    ADDRESS,
    BIT,
    { name: 'toggles', type: 'integer', description: 'How often the bit changed' },
    BUS,
  ],
};

/** Pulses of these bits. */
export const HUNT_TABLE: TableSchema = {
  name: 'accel_hunt',
  version: 'accel_hunt.v1',
  description:
    'How long each candidate was set, each time, within the window; in the order of the candidates.',
  columns: [
    ADDRESS,
    BIT,
    {
      name: 'pulses',
      type: 'floats',
      unit: 's',
      description: 'Length of each pulse, rounded to milliseconds',
    },
    {
      name: 'valid_three_2s',
      type: 'boolean',
      description:
        'Whether there are as many pulses as asked for, all of the length asked for (three of 2 s)',
    },
    BUS,
  ],
};

/** A table with its rows. */
export interface FilledTable {
  readonly schema: TableSchema;
  readonly rows: readonly Row[];
}

/** All tables, in the order in which comma-tools writes them. */
export function fillTables(analysis: BitwatchAnalysis): readonly FilledTable[] {
  return [
    { schema: COUNTS_TABLE, rows: listCounts(analysis) },
    { schema: EDGES_TABLE, rows: listEdges(analysis) },
    { schema: CANDIDATES_TABLE, rows: listCandidates(analysis) },
    { schema: HUNT_TABLE, rows: listPulses(analysis) },
  ];
}

function listCounts({ messages }: BitwatchAnalysis): readonly Row[] {
  return messages
    .toSorted((a, b) => a.arbitrationId - b.arbitrationId || a.bus - b.bus)
    .map(({ arbitrationId, bus, frames }) => {
      const [pre = 0, window = 0, post = 0] = [frames[PRE], frames[WINDOW], frames[POST]];
      return [formatAddress(arbitrationId), pre, window, post, window - Math.max(pre, post), bus];
    });
}

function listEdges({ edges, segments, windowStart }: BitwatchAnalysis): readonly Row[] {
  return edges.map(({ arbitrationId, bus, bit, row, seconds, isRise }) => {
    const { byte, msb, lsb } = describeBit(bit);
    const relative = formatMinutes(Math.max(0, seconds - windowStart));
    const segment = SEGMENT_NAMES[segments[row] ?? PRE] ?? '';
    const edge = isRise ? '0->1' : '1->0';
    return [formatAddress(arbitrationId), byte, msb, lsb, bit, seconds, relative, edge, segment, bus];
  });
}

function listCandidates({ candidates }: BitwatchAnalysis): readonly Row[] {
  return candidates.map(({ message, bit, timeline }) => [
    formatAddress(message.arbitrationId),
    bit,
    timeline.seconds.length,
    message.bus,
  ]);
}

function listPulses({ candidates }: BitwatchAnalysis): readonly Row[] {
  return candidates.map(({ message, bit, pulses, hasPulses }) => [
    formatAddress(message.arbitrationId),
    bit,
    pulses.map((pulse) => roundHalfEvenTo(pulse, 3)),
    hasPulses,
    message.bus,
  ]);
}
