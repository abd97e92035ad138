import type { DatabaseSignal } from '../../model/database.ts';
import { findShared } from '../bit-owners.ts';
import type { Findings } from '../findings.ts';
import { mayShareBits } from '../shared-masks.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import { count, relate, showBit, showName } from '../wording.ts';
import type { WrittenMessage } from '../written-messages.ts';

/** Two signals that share bits. */
interface SharedBits {
  readonly earlier: DatabaseSignal;
  readonly later: DatabaseSignal;
  readonly bits: Set<number>;
}

/** Checks which signals of a message share bits in the same frame. */
export function beginOverlaps(subject: LintSubject, findings: Findings): CheckMessage {
  const unread = gatherUnread(subject);
  return ({ message, bits }) => {
    const { signals } = message;
    if (signals.length < 2 || !mayShareBits(bits)) return;
    const read =
      unread.size === 0 ? bits : bits.map((own, index) => (unread.has(signals[index]!) ? undefined : own));
    let pairs: Map<number, SharedBits> | undefined;
    findShared(signals, read, (one, other, bit) => {
      pairs ??= new Map();
      addShared(pairs, { signals, earlier: Math.min(one, other), later: Math.max(one, other) }, bit);
    });
    if (pairs !== undefined) for (const pair of pairs.values()) sayOverlap(pair, message, findings);
  };
}

/** Lists signals that `SG_MUL_VAL_` selects with no value at all, or in a circle: no frame has them. */
function gatherUnread({ statements, messageById }: LintSubject): ReadonlySet<DatabaseSignal> {
  const unread = new Set<DatabaseSignal>();
  for (const { id, signal: name, multiplexor } of statements.SG_MUL_VAL_) {
    const message = id === undefined ? undefined : messageById.get(id.value);
    const signal = message?.findSignal(name?.text ?? '');
    if (signal === undefined || signal.multiplexing.parent !== undefined) continue;
    if (signal.statement.multiplexing === undefined) continue;
    if (message?.findSignal(multiplexor?.text ?? '') !== undefined) unread.add(signal);
  }
  return unread;
}

function addShared(
  pairs: Map<number, SharedBits>,
  pair: { readonly signals: readonly DatabaseSignal[]; readonly earlier: number; readonly later: number },
  bit: number,
): void {
  const { signals } = pair;
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

function sayOverlap({ earlier, later, bits }: SharedBits, message: WrittenMessage, findings: Findings): void {
  const { startBit, length, name } = later.statement;
  const range = { start: startBit?.start ?? later.statement.start, end: length?.end ?? later.statement.end };
  findings.add('overlap', range, message, () => ({
    message: `${showName(name)} and ${showName(earlier.statement.name)} share ${count(bits.size, 'bit')} of ${showName(message.name)}, the first of them ${showBit(Math.min(...bits))}${describeSelection(later, earlier)}`,
    related: [relate(earlier.statement.name ?? earlier.statement, showName(earlier.statement.name))],
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
