import type { DatabaseMessage, DatabaseSignal } from '../../model/database.ts';
import type { ExtendedMultiplexingStatement, SignalStatement, Word } from '../../syntax/syntax-tree.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject, WrittenMessage } from '../lint-subject.ts';
import { count, relate, showName } from '../wording.ts';

/** Checks which signals select others, and with which values. */
export function checkMultiplexing(subject: LintSubject, findings: Findings): void {
  const extended = groupById(subject.statements.SG_MUL_VAL_);
  for (const message of subject.messages) {
    if (!message.signals.some(({ multiplexing }) => multiplexing !== undefined)) continue;
    const selections = extended.get(message.statement.id?.value ?? NaN) ?? [];
    checkMarkers(message, selections, findings);
    sayUnknownToOpendbc(message, findings);
  }
  for (const message of subject.database.messages) checkValues(message, findings);
  for (const selection of subject.statements.SG_MUL_VAL_) checkSelection(selection, { subject, findings });
  if (subject.statements.SG_MUL_VAL_.length > 0) checkCycles(extended, { subject, findings });
}

function groupById(
  statements: readonly ExtendedMultiplexingStatement[],
): ReadonlyMap<number, readonly ExtendedMultiplexingStatement[]> {
  const byId = new Map<number, ExtendedMultiplexingStatement[]>();
  for (const statement of statements) {
    if (statement.id === undefined) continue;
    const known = byId.get(statement.id.value);
    if (known === undefined) byId.set(statement.id.value, [statement]);
    else known.push(statement);
  }
  return byId;
}

/** Whether a signal is marked as one that selects: `M` or `m3M`. */
function isMultiplexor({ multiplexing }: SignalStatement): boolean {
  return multiplexing?.text.endsWith('M') === true;
}

/** Whether a signal is marked as one that is selected: `m3` or `m3M`. */
function isSelected({ multiplexing }: SignalStatement): boolean {
  return multiplexing?.text.startsWith('m') === true;
}

function checkMarkers(
  message: WrittenMessage,
  selections: readonly ExtendedMultiplexingStatement[],
  findings: Findings,
): void {
  const multiplexors = message.signals.filter(isMultiplexor);
  if (multiplexors.length === 1) return;
  const named = new Set(selections.map(({ signal }) => signal?.text));
  // Of the multiplexors themselves one that nothing selects is the root.
  const lost = message.signals.filter(
    (signal) => isSelected(signal) && !named.has(signal.name?.text) && !isMultiplexor(signal),
  );
  for (const { name, multiplexing } of lost)
    if (multiplexing !== undefined)
      sayUnselected({ name, multiplexing }, { message, multiplexors, findings });
}

function sayUnselected(
  { name, multiplexing }: { readonly name: Word | undefined; readonly multiplexing: Word },
  {
    message,
    multiplexors,
    findings,
  }: {
    readonly message: WrittenMessage;
    readonly multiplexors: readonly SignalStatement[];
    readonly findings: Findings;
  },
): void {
  const place = showName(message.statement.name);
  findings.add(multiplexors.length === 0 ? 'mux-no-M' : 'mux-two-M', multiplexing, message, () => ({
    message:
      multiplexors.length === 0
        ? `${showName(name)} is multiplexed, but no signal of ${place} selects it: it is read always`
        : `${showName(name)} is multiplexed, but ${place} has ${String(multiplexors.length)} multiplexors, and no SG_MUL_VAL_ says which one selects it: it is read always`,
    related: multiplexors
      .slice(0, 2)
      .map((multiplexor) => relate(multiplexor.name ?? multiplexor, 'A multiplexor')),
  }));
}

function sayUnknownToOpendbc(message: WrittenMessage, findings: Findings): void {
  const first = message.signals.find(({ multiplexing }) => multiplexing !== undefined);
  if (first?.multiplexing === undefined) return;
  findings.add('mux-opendbc', first.multiplexing, message, () => ({
    message: `${showName(message.statement.name)} is multiplexed: opendbc reads the signals of all branches from every frame`,
  }));
}

/** Compares the values of a branch with what the bits of its multiplexor can hold. */
function checkValues(message: DatabaseMessage, findings: Findings): void {
  for (const signal of message.signals) {
    const { parent, ranges } = signal.multiplexing;
    if (parent === undefined) continue;
    const most = parent.isSigned ? 2 ** (parent.length - 1) - 1 : 2 ** parent.length - 1;
    const beyond = ranges.find(([, last]) => last > most);
    if (beyond !== undefined) sayBeyond(signal, { parent, most, value: beyond[1] }, { message, findings });
  }
}

function sayBeyond(
  { statement }: DatabaseSignal,
  selection: { readonly parent: DatabaseSignal; readonly most: number; readonly value: number },
  { message, findings }: { readonly message: DatabaseMessage; readonly findings: Findings },
): void {
  const { parent, most, value } = selection;
  findings.add('mux-id-size', statement.multiplexing ?? statement, message, () => ({
    message: `${showName(statement.name)} is selected by ${String(value)}, but ${showName({ text: parent.shortName })} has ${count(parent.length, 'bit')} and goes to ${String(most)}`,
    related: [relate(parent.statement.name ?? parent.statement, 'The multiplexor')],
  }));
}

function checkSelection(
  selection: ExtendedMultiplexingStatement,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  for (const range of selection.ranges)
    if (range.high < range.low)
      findings.add('mulval-reversed', range, undefined, () => ({
        message: `The range ${String(range.low)}-${String(range.high)} ends before it begins, and has no values`,
      }));
  const message = subject.messageById.get(selection.id?.value ?? NaN);
  if (message === undefined) return;
  const multiplexor = message.signalByName.get(selection.multiplexor?.text ?? '');
  if (multiplexor !== undefined && !isMultiplexor(multiplexor) && selection.multiplexor !== undefined)
    sayUnmarked(selection.multiplexor, multiplexor, { mark: 'M', message, findings });
  const signal = message.signalByName.get(selection.signal?.text ?? '');
  if (signal !== undefined && !isSelected(signal) && selection.signal !== undefined)
    sayUnmarked(selection.signal, signal, { mark: 'm', message, findings });
}

function sayUnmarked(
  word: Word,
  signal: SignalStatement,
  {
    mark,
    message,
    findings,
  }: { readonly mark: 'M' | 'm'; readonly message: WrittenMessage; readonly findings: Findings },
): void {
  findings.add('mulval-parent', word, message, () => ({
    message:
      mark === 'M'
        ? `${showName(word)} selects signals here, but its SG_ line is not marked with M`
        : `${showName(word)} is selected here, but its SG_ line is not marked with m and a value`,
    related: [relate(signal.name ?? signal, 'The signal')],
  }));
}

/** Follows from each signal to the one that selects it, over each only once. */
function checkCycles(
  extended: ReadonlyMap<number, readonly ExtendedMultiplexingStatement[]>,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  for (const [id, selections] of extended) {
    const message = subject.messageById.get(id);
    if (message === undefined) continue;
    const bySignal = new Map(selections.map((selection) => [selection.signal?.text, selection]));
    const walks = new Map<ExtendedMultiplexingStatement, number>();
    [...bySignal.values()].forEach((start, walk) => {
      const closing = walkUp(start, walk, { bySignal, walks });
      if (closing !== undefined) sayCycle(closing, message, findings);
    });
  }
}

/** Returns where a walk comes back to itself. */
function walkUp(
  start: ExtendedMultiplexingStatement,
  walk: number,
  {
    bySignal,
    walks,
  }: {
    readonly bySignal: ReadonlyMap<string | undefined, ExtendedMultiplexingStatement>;
    readonly walks: Map<ExtendedMultiplexingStatement, number>;
  },
): ExtendedMultiplexingStatement | undefined {
  let next: ExtendedMultiplexingStatement | undefined = start;
  while (next !== undefined && !walks.has(next)) {
    walks.set(next, walk);
    next = bySignal.get(next.multiplexor?.text);
  }
  return next !== undefined && walks.get(next) === walk ? next : undefined;
}

function sayCycle(
  selection: ExtendedMultiplexingStatement,
  message: WrittenMessage,
  findings: Findings,
): void {
  findings.add('mulval-cycle', selection.multiplexor ?? selection, message, () => ({
    message: `${showName(selection.signal)} is selected by ${showName(selection.multiplexor)}, and selects it in turn: cantools reads neither, opendbc both always`,
  }));
}
