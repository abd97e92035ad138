import type { SignalStatement } from '../syntax/syntax-tree.ts';
import type { SignalDraft } from './draft.ts';
import { NO_ATTRIBUTES, NOT_MULTIPLEXED } from './draft.ts';
import { readNodeNames } from './read-names.ts';
import { MOST_BITS, toFinite, toInteger } from './read-numbers.ts';

/** Whose reading counts where the engines differ. */
export type Reader = 'opendbc' | 'cantools';

type ByteOrder = SignalDraft['byteOrder'];

/** Used again for every signal. */
const numbers = new Float64Array(7);

/** Makes a signal of its `SG_` line; what other statements say of it is put in later. */
export function createSignal(statement: SignalStatement, readAs: Reader): SignalDraft {
  const name = statement.nameText ?? '';
  statement.readNumbers(numbers);
  const startBit = toInteger(numbers[0]!, 0, MOST_BITS - 1);
  const length = toInteger(numbers[1]!, 1, 64);
  const orderDigit = toFinite(numbers[2]!);
  const byteOrder = readByteOrder(orderDigit, readAs);
  const sign = statement.signText;
  const factor = toFinite(numbers[3]!);
  const offset = toFinite(numbers[4]!);
  const minimum = toFinite(numbers[5]!);
  const maximum = toFinite(numbers[6]!);
  const hasRange = minimum !== 0 || maximum !== 0;
  return {
    startBit: startBit ?? 0,
    length: length ?? 1,
    byteOrder,
    isSigned: sign === '-',
    factor: factor ?? 1,
    offset: offset ?? 0,
    valueType: 'integer',
    name,
    shortName: name,
    isDecodable:
      startBit !== undefined &&
      length !== undefined &&
      orderDigit !== undefined &&
      (sign === '+' || sign === '-') &&
      factor !== undefined &&
      offset !== undefined &&
      findEnd(startBit, length, byteOrder) <= MOST_BITS,
    minimum: hasRange ? minimum : undefined,
    maximum: hasRange ? maximum : undefined,
    unit: statement.unitText ?? '',
    receivers: readNodeNames(statement.receiverTexts),
    comment: undefined,
    labels: undefined,
    multiplexing: NOT_MULTIPLEXED,
    attributes: NO_ATTRIBUTES,
    statement,
  };
}

/** Reads the digit behind `@`: 1 is little-endian, 0 big-endian; opendbc takes all others as big, cantools as little. */
function readByteOrder(digit: number | undefined, readAs: Reader): ByteOrder {
  const isLittle = readAs === 'opendbc' ? digit === 1 : digit !== 0;
  return isLittle ? 'little-endian' : 'big-endian';
}

/** Finds how many bits of a payload are needed, counted in the order in which the signal runs through them. */
function findEnd(startBit: number, length: number, byteOrder: ByteOrder): number {
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
