import type { NumberWord, SignalStatement } from '../../syntax/syntax-tree.ts';
import type { Severity } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject, WrittenMessage } from '../lint-subject.ts';
import { findEnd, findLastBit, readBits, type WrittenBits } from '../signal-bits.ts';
import { count, quote, relate, showBit, showName } from '../wording.ts';

/** Bits of the longest frame. */
const MOST_BITS = 512;
/** Bits that the names of bits are made for: what J1939 transports. */
const MOST_NAMED_BITS = 8 * 1785;

/** Checks where signals lie in their messages. */
export function checkLayout({ messages, profile }: LintSubject, findings: Findings): void {
  for (const message of messages) {
    if (message.isPseudo) continue;
    let little: SignalStatement | undefined;
    let big: SignalStatement | undefined;
    for (const signal of message.signals) {
      const bits = readBits(signal, profile);
      if (bits === undefined) checkNumbers(signal, message, findings);
      else {
        checkEnd(signal, bits, { message, findings });
        if (isLong(bits)) {
          if (bits.isLittleEndian) little ??= signal;
          else big ??= signal;
        }
      }
      checkDigit(signal.byteOrder, message, findings);
    }
    if (little !== undefined && big !== undefined) sayMixed(little, big, { message, findings });
  }
}

function isLong({ startBit, length }: WrittenBits): boolean {
  return length > 8 || (startBit % 8) + length > 8;
}

function checkNumbers(
  { startBit, length, name }: SignalStatement,
  message: WrittenMessage,
  findings: Findings,
): void {
  if (startBit !== undefined && startBit.value < 0)
    findings.add('start-bit', startBit, message, () => ({
      message: `Start bit ${quote(startBit.text)} of ${showName(name)} is below 0: opendbc loses the signal, cantools decodes something else`,
    }));
  if (length !== undefined && length.value < 1)
    findings.add('length-0', length, message, () => ({
      message: `${showName(name)} has ${quote(length.text)} bits: cantools refuses the file, ${length.value < 0 ? 'opendbc loses the signal' : 'opendbc reads 0 always'}`,
    }));
}

function checkEnd(
  signal: SignalStatement,
  bits: WrittenBits,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  if (bits.length > 64) sayLength(signal, message, findings);
  const size = message.statement.size?.value;
  if (size === undefined || !Number.isInteger(size) || size < 0) return;
  if (findEnd(bits) > 8 * size) sayEnd(signal, bits, { message, findings });
}

function sayLength({ length, name }: SignalStatement, message: WrittenMessage, findings: Findings): void {
  if (length === undefined) return;
  findings.add('length-64', length, message, () => ({
    message: `${showName(name)} has ${count(length.value, 'bit')}: numbers have 64 at most`,
  }));
}

/** Says where it ends, and what each engine makes of that. */
function sayEnd(
  signal: SignalStatement,
  bits: WrittenBits,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  const range = { start: signal.startBit?.start ?? signal.start, end: signal.length?.end ?? signal.end };
  const size = message.statement.size;
  findings.add('exceeds-dlc', range, message, () => ({
    message: `${showName(signal.name)} ends at ${showEnd(bits)}, beyond the ${count(size?.value ?? 0, 'byte')} of ${showName(message.statement.name)}: ${describeReading(bits)}, and cantools refuses the file unless it is not strict`,
    severity: rateEnd(findings),
    related: size === undefined ? [] : [relate(size, 'Size of the message')],
  }));
}

function rateEnd({ profile }: Findings): Severity | undefined {
  return profile === 'cantools' ? 'error' : undefined;
}

function showEnd(bits: WrittenBits): string {
  const last = findLastBit(bits);
  return last < MOST_NAMED_BITS ? showBit(last) : `bit ${String(last)}`;
}

function describeReading(bits: WrittenBits): string {
  if (bits.isLittleEndian) return 'opendbc reads 0 always';
  return findEnd(bits) > MOST_BITS ? 'opendbc refuses the file' : 'opendbc reads the bits beyond as 0';
}

function checkDigit(digit: NumberWord | undefined, message: WrittenMessage, findings: Findings): void {
  if (digit === undefined || digit.value === 0 || digit.value === 1) return;
  findings.add('byte-order-digit', digit, message, () => {
    const isLost = !/^\d$/.test(digit.text);
    return {
      message: `Byte order ${quote(digit.text)}: cantools takes it as little-endian (1), ${isLost ? 'opendbc loses the signal' : 'opendbc as big-endian (0)'}`,
      severity: isLost && findings.profile === 'opendbc' ? 'error' : undefined,
    };
  });
}

function sayMixed(
  little: SignalStatement,
  big: SignalStatement,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  const [first, second] = little.start < big.start ? [little, big] : [big, little];
  const place = second.byteOrder ?? second;
  findings.add('byte-order-mixed', place, message, () => ({
    message: `${showName(message.statement.name)} mixes byte orders: ${showName(little.name)} is little-endian, ${showName(big.name)} big-endian, and both go over more than one byte`,
    related: [
      relate(first.byteOrder ?? first, `The first ${first === little ? 'little' : 'big'}-endian one`),
    ],
  }));
}
