import type { DatabaseSignal } from '../../model/database.ts';
import type { Findings } from '../findings.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import { count, quote, showName } from '../wording.ts';
import type { WrittenMessage } from '../written-messages.ts';

interface Place {
  readonly message: WrittenMessage;
  readonly findings: Findings;
}

/** Checks signs, factors and ranges. */
export function beginScaling(_: LintSubject, findings: Findings): CheckMessage {
  return ({ message }) => {
    const place = { message, findings };
    for (const signal of message.signals) {
      if (signal.factor === 0) sayFactor(signal, place);
      if (signal.isSigned && signal.length === 1 && signal.isDecodable) saySign(signal, place);
      if (signal.minimum !== undefined && signal.maximum !== undefined)
        checkRange(signal, [signal.minimum, signal.maximum], place);
    }
  };
}

function sayFactor({ statement }: DatabaseSignal, { message, findings }: Place): void {
  findings.add('factor-0', statement.factor ?? statement, message, () => ({
    message: `The factor of ${showName(statement.name)} is 0: every raw value is read as the offset, and packing divides by zero`,
  }));
}

function saySign({ statement }: DatabaseSignal, { message, findings }: Place): void {
  findings.add('sign-1-bit', statement.sign ?? statement, message, () => ({
    message: `${showName(statement.name)} has 1 bit and a sign: it is 0 or -1`,
  }));
}

/** Compares a range with what the bits can be; what lies beyond by a step or less was rounded. */
function checkRange(
  signal: DatabaseSignal,
  [minimum, maximum]: readonly [minimum: number, maximum: number],
  place: Place,
): void {
  if (minimum > maximum) {
    sayReversed(signal, place);
    return;
  }
  const { length, factor, offset, isSigned } = signal;
  if (!signal.isDecodable || signal.valueType !== 'integer' || factor === 0) return;
  const least = (isSigned ? -(2 ** (length - 1)) : 0) * factor + offset;
  const most = (2 ** (isSigned ? length - 1 : length) - 1) * factor + offset;
  const step = Math.abs(factor);
  if (minimum >= Math.min(least, most) - step && maximum <= Math.max(least, most) + step) return;
  sayUnreachable(signal, [Math.min(least, most), Math.max(least, most)], place);
}

function sayReversed({ statement }: DatabaseSignal, { message, findings }: Place): void {
  const { minimum, maximum, name } = statement;
  if (minimum === undefined || maximum === undefined) return;
  findings.add('min-max', { start: minimum.start, end: maximum.end }, message, () => ({
    message: `The minimum of ${showName(name)}, ${quote(minimum.text)}, is above its maximum, ${quote(maximum.text)}`,
  }));
}

function sayUnreachable(
  { statement, length }: DatabaseSignal,
  [least, most]: readonly [least: number, most: number],
  { message, findings }: Place,
): void {
  const { minimum, maximum, name, factor, offset } = statement;
  if (minimum === undefined || maximum === undefined) return;
  const bits = `${count(length, 'bit')} with factor ${quote(factor?.text ?? '')} and offset ${quote(offset?.text ?? '')}`;
  findings.add('range-unreachable', { start: minimum.start, end: maximum.end }, message, () => ({
    message: `The range of ${showName(name)}, ${quote(minimum.text)} to ${quote(maximum.text)}, goes beyond what ${bits} reach: ${showNumber(least)} to ${showNumber(most)}`,
  }));
}

/** Numbers as a file would have them, without the noise of binary fractions. */
function showNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
