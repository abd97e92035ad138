import type { DatabaseSignal } from '../../model/database.ts';
import type { Findings } from '../findings.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import { findEnd, findLastBit, isLittleEndian, type WrittenBits } from '../signal-bits.ts';
import { count, quote, relate, showBit, showName } from '../wording.ts';
import type { WrittenMessage } from '../written-messages.ts';

/** Bits of the longest frame. */
const MOST_BITS = 512;
/** Bits that are shown in every way to count them: what J1939 transports. */
const MOST_NAMED_BITS = 8 * 1785;

interface Place {
  readonly message: WrittenMessage;
  readonly findings: Findings;
}

/** Checks where signals lie in their messages. */
export function beginLayout({ tree }: LintSubject, findings: Findings): CheckMessage {
  let hasOddDigit: boolean | undefined;
  return ({ message, bits, isUsual }) => {
    const place = { message, findings };
    checkSignals(bits, place);
    if (isUsual) return;
    for (const signal of message.signals) {
      if (isUsualDigit(signal.statement.byteOrderValue)) continue;
      // Only of digits that stand behind `@`: in broken lines others are taken for it.
      hasOddDigit ??= /@(?![01][+-])/.test(tree.text);
      if (hasOddDigit) checkDigit(signal, place);
    }
  };
}

function isUsualDigit(digit: number): boolean {
  return digit === 0 || digit === 1;
}

function checkSignals(bits: readonly (WrittenBits | undefined)[], place: Place): void {
  const { signals } = place.message;
  let little: DatabaseSignal | undefined;
  let big: DatabaseSignal | undefined;
  for (let index = 0; index < signals.length; index++) {
    const signal = signals[index]!;
    const own = bits[index];
    if (own === undefined) checkNumbers(signal, place);
    else {
      checkEnd(signal, own, place);
      if (!isLong(own)) continue;
      if (isLittleEndian(own)) little ??= signal;
      else big ??= signal;
    }
  }
  if (little !== undefined && big !== undefined) sayMixed(little, big, place);
}

/** Whether a signal goes over more than one byte, so that their order means something. */
function isLong(bits: WrittenBits): boolean {
  const { startBit, length } = bits;
  if (length > 8) return true;
  const inByte = startBit % 8;
  return (isLittleEndian(bits) ? inByte : 7 - inByte) + length > 8;
}

function checkNumbers({ statement }: DatabaseSignal, { message, findings }: Place): void {
  const { startBit, length, name } = statement;
  if (startBit !== undefined && startBit.value < 0)
    findings.add('start-bit', startBit, message, () => ({
      message: `Start bit ${quote(startBit.text)} of ${showName(name)} is below 0: opendbc loses the signal, cantools decodes something else`,
    }));
  if (length !== undefined && length.value < 1)
    findings.add('length-0', length, message, () => ({
      message: `${showName(name)} has ${quote(length.text)} bits: cantools refuses the file, ${length.value < 0 ? 'opendbc loses the signal' : 'opendbc reads 0 always'}`,
    }));
}

function checkEnd(signal: DatabaseSignal, bits: WrittenBits, place: Place): void {
  if (bits.length > 64) sayLength(signal, bits, place);
  const size = place.message.sizeValue;
  if (findEnd(bits) > 8 * size && Number.isInteger(size) && size >= 0) sayEnd(signal, bits, place);
}

function sayLength({ statement }: DatabaseSignal, bits: WrittenBits, { message, findings }: Place): void {
  findings.add('length-64', statement.length ?? statement, message, () => ({
    message: `${showName(statement.name)} has ${count(bits.length, 'bit')}: numbers have 64 at most`,
  }));
}

/** Says where it ends, and what each engine makes of that. */
function sayEnd({ statement }: DatabaseSignal, bits: WrittenBits, { message, findings }: Place): void {
  const { startBit, length, name } = statement;
  const range = { start: startBit?.start ?? statement.start, end: length?.end ?? statement.end };
  findings.add('exceeds-dlc', range, message, () => ({
    message: `${showName(name)} ends at ${showEnd(bits)}, beyond the ${count(message.sizeValue, 'byte')} of ${showName(message.name)}: ${describeReading(bits)}, and cantools refuses the file unless it is not strict`,
    related: message.size === undefined ? [] : [relate(message.size, 'Size of the message')],
  }));
}

function showEnd(bits: WrittenBits): string {
  const last = findLastBit(bits);
  return last < MOST_NAMED_BITS ? showBit(last) : `bit ${String(last)}`;
}

function describeReading(bits: WrittenBits): string {
  if (isLittleEndian(bits)) return 'opendbc reads 0 always';
  return findEnd(bits) > MOST_BITS ? 'opendbc refuses the file' : 'opendbc reads the bits beyond as 0';
}

function checkDigit({ statement }: DatabaseSignal, { message, findings }: Place): void {
  const digit = statement.byteOrder;
  if (digit === undefined) return;
  findings.add('byte-order-digit', digit, message, () => {
    const isLost = !/^\d$/.test(digit.text);
    return {
      message: `Byte order ${quote(digit.text)}: cantools takes it as little-endian (1), ${isLost ? 'opendbc loses the signal' : 'opendbc as big-endian (0)'}`,
      severity: isLost && findings.profile === 'opendbc' ? 'error' : undefined,
    };
  });
}

function sayMixed(little: DatabaseSignal, big: DatabaseSignal, { message, findings }: Place): void {
  const isLittleFirst = little.statement.start < big.statement.start;
  const first = (isLittleFirst ? little : big).statement;
  const second = (isLittleFirst ? big : little).statement;
  findings.add('byte-order-mixed', second.byteOrder ?? second, message, () => ({
    message: `${showName(message.name)} mixes byte orders: ${showName(little.statement.name)} is little-endian, ${showName(big.statement.name)} big-endian, and both go over more than one byte`,
    related: [relate(first.byteOrder ?? first, `The first ${isLittleFirst ? 'little' : 'big'}-endian one`)],
  }));
}
