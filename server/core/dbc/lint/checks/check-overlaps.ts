import type { DatabaseMessage, DatabaseSignal } from '../../model/database.ts';
import { findShared } from '../bit-owners.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';
import { readBits } from '../signal-bits.ts';
import { count, relate, showBit, showName } from '../wording.ts';

/** Two signals that share bits. */
interface SharedBits {
  readonly earlier: DatabaseSignal;
  readonly later: DatabaseSignal;
  readonly bits: Set<number>;
}

/** Checks which signals of a message share bits in the same frame. */
export function checkOverlaps({ database, profile }: LintSubject, findings: Findings): void {
  for (const message of database.messages) {
    if (message.signals.length < 2) continue;
    const bits = message.signals.map(({ statement }) => readBits(statement, profile));
    let pairs: Map<number, SharedBits> | undefined;
    findShared(message.signals, bits, (one, other, bit) => {
      addShared(
        (pairs ??= new Map()),
        { message, earlier: Math.min(one, other), later: Math.max(one, other) },
        bit,
      );
    });
    if (pairs !== undefined) for (const pair of pairs.values()) sayOverlap(pair, message, findings);
  }
}

function addShared(
  pairs: Map<number, SharedBits>,
  pair: { readonly message: DatabaseMessage; readonly earlier: number; readonly later: number },
  bit: number,
): void {
  const { signals } = pair.message;
  const key = pair.earlier * signals.length + pair.later;
  const known = pairs.get(key);
  if (known !== undefined) {
    known.bits.add(bit);
    return;
  }
  const earlier = signals[pair.earlier];
  const later = signals[pair.later];
  if (earlier !== undefined && later !== undefined) pairs.set(key, { earlier, later, bits: new Set([bit]) });
}

function sayOverlap(
  { earlier, later, bits }: SharedBits,
  message: DatabaseMessage,
  findings: Findings,
): void {
  const { startBit, length, name } = later.statement;
  const range = { start: startBit?.start ?? later.statement.start, end: length?.end ?? later.statement.end };
  findings.add('overlap', range, message, () => ({
    message: `${showName(name)} and ${showName(earlier.statement.name)} share ${count(bits.size, 'bit')} of ${showName(message.statement.name)}, the first of them ${showBit(Math.min(...bits))}${describeSelection(later, earlier)}`,
    related: [relate(earlier.statement.name ?? earlier.statement, `${showName(earlier.statement.name)}`)],
  }));
}

/** Says with which values both are there, where that is not always so. */
function describeSelection(one: DatabaseSignal, other: DatabaseSignal): string {
  const { parent, ranges } = one.multiplexing;
  if (parent === undefined || parent !== other.multiplexing.parent) return '';
  const low = ranges.find(([first, last]) =>
    other.multiplexing.ranges.some(([from, to]) => from <= last && first <= to),
  );
  return low === undefined ? '' : `, when ${showName({ text: parent.shortName })} selects both`;
}
