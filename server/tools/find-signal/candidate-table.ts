import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit } from '../../core/can/bits/bit-position.ts';
import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import { bitAtPlace, lengthOf, startBitOf } from '../../core/field-search/field-place.ts';
import type { Reference } from '../../core/field-search/reference.ts';
import type { Cell, Row, TableColumn, TableSchema } from '../../core/table/table-schema.ts';
import { nameCompanions, nameField } from './candidate-words.ts';
import { suggestFactor } from './factor-suggestion.ts';
import { nameKnown } from './known-signals.ts';
import type { SearchSubject } from './signal-search.ts';

const FIELD_COLUMNS: readonly TableColumn[] = [
  { name: 'rank', type: 'integer', description: '1 is the best' },
  { name: 'bus', type: 'integer', description: 'Bus number as logged' },
  { name: 'address_hex', type: 'text', description: 'Arbitration id' },
  {
    name: 'start_bit',
    type: 'integer',
    description:
      'As DBC counts: least significant bit of little-endian fields, most significant of big-endian ones',
  },
  { name: 'length', type: 'integer', unit: 'bits', description: 'Bits of the field' },
  {
    name: 'byte_order',
    type: 'text',
    description: '`little-endian` or `big-endian`; the same thing within a byte',
  },
  { name: 'is_signed', type: 'boolean', description: 'Whether the value is in two’s complement' },
  {
    name: 'dbc',
    type: 'text',
    description: 'The field as DBC writes it: `start|length@order sign`, order 1 little-endian, 0 big-endian',
  },
  {
    name: 'bit_global',
    type: 'integer',
    description: 'For single bits: 8 * byte + bit from the least significant one',
  },
  { name: 'label_lsb', type: 'text', description: 'For single bits: label by the least significant bit' },
  { name: 'label_msb', type: 'text', description: 'For single bits: label by the most significant bit' },
];

const FIT_COLUMNS: readonly TableColumn[] = [
  { name: 'factor', type: 'float', description: 'reference = factor * raw + offset, by least squares' },
  { name: 'offset', type: 'float', description: 'See factor' },
  {
    name: 'suggested_factor',
    type: 'float',
    description: 'A round number within 0.25 % of the factor, if there is one',
  },
  { name: 'suggested_as', type: 'text', description: 'The same in the unit in which it is round' },
  { name: 'score', type: 'float', description: '0 to 1; the table is sorted by it' },
  {
    name: 'r',
    type: 'float',
    description: 'Correlation of the field with the reference, all frames; phi for bits',
  },
  {
    name: 'explained',
    type: 'float',
    description: 'Share of the reference’s variance that field and companions explain',
  },
  {
    name: 'rms',
    type: 'float',
    description: 'What they leave: root of the mean square, in the unit of the reference',
  },
  {
    name: 'monotony',
    type: 'float',
    description: 'Rank correlation: 1 where one never falls while the other rises',
  },
  {
    name: 'moves',
    type: 'float',
    description: 'Share of the reference’s movement that goes the same way; empty for on and off',
  },
  { name: 'transitions', type: 'integer', description: 'For on and off: transitions of the reference' },
  {
    name: 'transitions_matched',
    type: 'integer',
    description: 'For on and off: how many of them the field shares',
  },
  {
    name: 'transitions_agreement',
    type: 'float',
    description: 'For on and off: 1 where each has its partner and none is left over',
  },
  {
    name: 'lag_s',
    type: 'float',
    unit: 's',
    description: 'How much later the reference comes than the field',
  },
  { name: 'samples', type: 'integer', description: 'Frames compared' },
  {
    name: 'outliers',
    type: 'integer',
    description: 'Frames that were left out of factor, explained and rms',
  },
  {
    name: 'companions',
    type: 'text',
    description: 'Fields of the same message that explain what this one leaves, as in dbc',
  },
  {
    name: 'alternatives',
    type: 'text',
    description: 'Other boundaries around the same bits that fit about as well, as in dbc',
  },
  {
    name: 'known',
    type: 'text',
    description:
      'What the given databases have there: `MESSAGE.SIGNAL` with the same bits, or with how many of its bits; empty where none has the message',
  },
];

export const CANDIDATES: TableSchema = {
  name: 'candidates',
  version: 'find-signal.candidates.v1',
  description: 'Fields of CAN messages by how well they explain a reference, the best first.',
  columns: [...FIELD_COLUMNS, ...FIT_COLUMNS],
};

/** Factors of candidates that score less mean nothing. */
const SCALED = 0.5;

/** @param rank From 1. */
export function toCandidateRow(
  candidate: Candidate,
  rank: number,
  { reference, databases }: SearchSubject,
): Row {
  return [
    rank,
    ...toFieldCells(candidate),
    ...toFitCells(candidate, reference),
    nameKnown(candidate, databases) ?? null,
  ];
}

function toFieldCells({ message, field }: Candidate): readonly Cell[] {
  const { byteLength } = message;
  const bit =
    field.low === field.high ? describeBit(bitAtPlace(field.order, field.low, byteLength)) : undefined;
  return [
    message.bus,
    formatAddress(message.arbitrationId),
    startBitOf(field, byteLength),
    lengthOf(field),
    field.order,
    field.isSigned,
    nameField(field, byteLength),
    bit?.global ?? null,
    bit?.lsbLabel ?? null,
    bit?.msbLabel ?? null,
  ];
}

function toFitCells(candidate: Candidate, { unit, isBinary }: Reference): readonly Cell[] {
  const { message, transitions, alternatives } = candidate;
  const suggestion = isBinary || candidate.score < SCALED ? undefined : suggestFactor(candidate.factor, unit);
  return [
    candidate.factor,
    candidate.offset,
    suggestion?.factor ?? null,
    suggestion?.text ?? null,
    candidate.score,
    candidate.r,
    candidate.explained,
    candidate.rms,
    candidate.monotony,
    candidate.moves ?? null,
    transitions?.wanted ?? null,
    transitions?.matched ?? null,
    transitions?.agreement ?? null,
    candidate.lag,
    candidate.samples,
    candidate.outliers,
    nameCompanions(candidate) || null,
    alternatives.map((field) => nameField(field, message.byteLength)).join(' ') || null,
  ];
}
