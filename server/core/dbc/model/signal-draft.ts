import type { SignalStatement } from '../syntax/syntax-tree.ts';
import type { SignalDraft } from './draft.ts';
import { NO_ATTRIBUTES, NOT_MULTIPLEXED } from './draft.ts';
import { readNodeNames } from './read-names.ts';
import { MOST_BITS, readFinite, readInteger, readRange } from './read-numbers.ts';

/** Whose reading counts where the engines differ. */
export type Reader = 'opendbc' | 'cantools';

/** Makes a signal of its `SG_` line; what other statements say of it is put in later. */
export function createSignal(statement: SignalStatement, readAs: Reader): SignalDraft {
  const startBit = readInteger(statement.startBit, 0, MOST_BITS - 1);
  const length = readInteger(statement.length, 1, 64);
  const factor = readFinite(statement.factor);
  const offset = readFinite(statement.offset);
  const name = statement.name?.text ?? '';
  const layout = {
    startBit: startBit ?? 0,
    length: length ?? 1,
    byteOrder: readByteOrder(statement, readAs),
  };
  const { minimum, maximum } = readRange(statement.minimum, statement.maximum);
  return {
    startBit: layout.startBit,
    length: layout.length,
    byteOrder: layout.byteOrder,
    isSigned: statement.sign?.text === '-',
    factor: factor ?? 1,
    offset: offset ?? 0,
    valueType: 'integer',
    name,
    shortName: name,
    isDecodable:
      startBit !== undefined &&
      length !== undefined &&
      factor !== undefined &&
      offset !== undefined &&
      hasByteOrderAndSign(statement) &&
      findEnd(layout) <= MOST_BITS,
    minimum,
    maximum,
    unit: statement.unit?.text ?? '',
    receivers: readNodeNames(statement.receivers),
    comment: undefined,
    labels: undefined,
    multiplexing: NOT_MULTIPLEXED,
    attributes: NO_ATTRIBUTES,
    statement,
  };
}

/** Reads the digit behind `@`: 1 is little-endian, 0 big-endian; opendbc takes all others as big, cantools as little. */
function readByteOrder({ byteOrder }: SignalStatement, readAs: Reader): SignalDraft['byteOrder'] {
  const isLittle = readAs === 'opendbc' ? byteOrder?.value === 1 : byteOrder?.value !== 0;
  return isLittle ? 'little-endian' : 'big-endian';
}

function hasByteOrderAndSign({ byteOrder, sign }: SignalStatement): boolean {
  return readFinite(byteOrder) !== undefined && (sign?.text === '+' || sign?.text === '-');
}

/** Finds how many bits of a payload are needed, in the order in which they are sent where it is big-endian. */
function findEnd({
  startBit,
  length,
  byteOrder,
}: Pick<SignalDraft, 'startBit' | 'length' | 'byteOrder'>): number {
  return byteOrder === 'little-endian' ? startBit + length : (startBit ^ 7) + length;
}

/**
 * Makes a signal what `SIG_VALTYPE_` says: 0 an integer, 1 or 2 a float, whose width its length decides, as cantools
 * has it. A length that no float has leaves nothing to decode.
 */
export function setValueType(signal: SignalDraft, type: number): void {
  if (type === 0) signal.valueType = 'integer';
  if (type !== 1 && type !== 2) return;
  if (signal.length === 16) signal.valueType = 'float16';
  else if (signal.length === 32) signal.valueType = 'float32';
  else if (signal.length === 64) signal.valueType = 'float64';
  else signal.isDecodable = false;
}
