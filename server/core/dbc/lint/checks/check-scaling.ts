import type { SignalStatement } from '../../syntax/syntax-tree.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject, WrittenMessage } from '../lint-subject.ts';
import { count, quote, showName } from '../wording.ts';

/** How far a range may go beyond what can be reached, in steps of the signal: writers of ranges round. */
const TOLERANCE_STEPS = 1;

/** Checks signs, factors and ranges. */
export function checkScaling({ messages, statements }: LintSubject, findings: Findings): void {
  const floats = gatherFloats(statements.SIG_VALTYPE_);
  for (const message of messages)
    for (const signal of message.signals) {
      if (signal.factor?.value === 0) sayFactor(signal, message, findings);
      if (signal.sign?.text === '-' && signal.length?.value === 1) saySign(signal, message, findings);
      checkRange(signal, message, { floats, findings });
    }
}

/** Lists which signals are called floats, by id and name. */
function gatherFloats(
  statements: LintSubject['statements']['SIG_VALTYPE_'],
): ReadonlyMap<number, ReadonlySet<string>> {
  const floats = new Map<number, Set<string>>();
  for (const { id, signal, type } of statements) {
    if (id === undefined || signal === undefined || type === undefined || type.value === 0) continue;
    const known = floats.get(id.value);
    if (known === undefined) floats.set(id.value, new Set([signal.text]));
    else known.add(signal.text);
  }
  return floats;
}

function sayFactor({ factor, name }: SignalStatement, message: WrittenMessage, findings: Findings): void {
  if (factor === undefined) return;
  findings.add('factor-0', factor, message, () => ({
    message: `The factor of ${showName(name)} is 0: every raw value is read as the offset, and packing divides by zero`,
  }));
}

function saySign(signal: SignalStatement, message: WrittenMessage, findings: Findings): void {
  if (signal.sign === undefined) return;
  findings.add('sign-1-bit', signal.sign, message, () => ({
    message: `${showName(signal.name)} has 1 bit and a sign: it is 0 or -1`,
  }));
}

function checkRange(
  signal: SignalStatement,
  message: WrittenMessage,
  {
    floats,
    findings,
  }: { readonly floats: ReadonlyMap<number, ReadonlySet<string>>; readonly findings: Findings },
): void {
  const { minimum, maximum, length, factor, offset } = signal;
  if (minimum === undefined || maximum === undefined) return;
  const least = minimum.value;
  const most = maximum.value;
  if (least === 0 && most === 0) return;
  if (least > most) {
    sayReversed(signal, message, findings);
    return;
  }
  if (length === undefined || factor === undefined || offset === undefined) return;
  const bits = length.value;
  if (bits < 1 || bits > 64 || !Number.isFinite(factor.value) || factor.value === 0) return;
  // A quick look with the whole of what the bits could be; nearly all signals are done with here.
  const isSigned = signal.sign?.text === '-';
  const rawLeast = isSigned ? -(2 ** (bits - 1)) : 0;
  const rawMost = isSigned ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const one = rawLeast * factor.value + offset.value;
  const other = rawMost * factor.value + offset.value;
  const slack = Math.abs(factor.value) * TOLERANCE_STEPS;
  if (least >= Math.min(one, other) - slack && most <= Math.max(one, other) + slack) return;
  if (isFloat(signal, message, floats)) return;
  sayUnreachable(signal, [Math.min(one, other), Math.max(one, other)], { message, findings });
}

function isFloat(
  { name }: SignalStatement,
  { statement: { id } }: WrittenMessage,
  floats: ReadonlyMap<number, ReadonlySet<string>>,
): boolean {
  return id !== undefined && name !== undefined && floats.get(id.value)?.has(name.text) === true;
}

function sayReversed(
  { minimum, maximum, name }: SignalStatement,
  message: WrittenMessage,
  findings: Findings,
): void {
  if (minimum === undefined || maximum === undefined) return;
  findings.add('min-max', { start: minimum.start, end: maximum.end }, message, () => ({
    message: `The minimum of ${showName(name)}, ${quote(minimum.text)}, is above its maximum, ${quote(maximum.text)}`,
  }));
}

function sayUnreachable(
  { minimum, maximum, name, length, factor, offset }: SignalStatement,
  reached: readonly [least: number, most: number],
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  if (minimum === undefined || maximum === undefined) return;
  findings.add('range-unreachable', { start: minimum.start, end: maximum.end }, message, () => ({
    message: `The range of ${showName(name)}, ${minimum.text.slice(0, 30)} to ${maximum.text.slice(0, 30)}, goes beyond what ${count(length?.value ?? 0, 'bit')} with factor ${(factor?.text ?? '').slice(0, 30)} and offset ${(offset?.text ?? '').slice(0, 30)} reach: ${showNumber(reached[0])} to ${showNumber(reached[1])}`,
  }));
}

/** Numbers as a file would have them, without the noise of binary fractions. */
function showNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
