import type { DatabaseSignal } from '../../model/database.ts';
import type { ExtendedMultiplexingStatement, TextRange, Word } from '../../syntax/syntax-tree.ts';
import type { Findings } from '../findings.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import type { WrittenMessage } from '../written-messages.ts';
import { count, relate, showName } from '../wording.ts';

/** A signal with what stands behind its name. */
interface MarkedSignal {
  readonly signal: DatabaseSignal;
  readonly marker: string;
}

interface Place {
  readonly message: WrittenMessage;
  readonly findings: Findings;
}

/** Checks which signals select others, and with which values. */
export function beginMultiplexing(subject: LintSubject, findings: Findings): CheckMessage {
  const extended = groupById(subject.statements.SG_MUL_VAL_);
  return ({ message }) => {
    const marked = listMarked(message);
    const first = marked?.[0];
    if (marked === undefined || first === undefined) return;
    const place = { message, findings };
    checkMarkers(marked, extended.get(message.idValue) ?? [], place);
    sayUnknownToOpendbc(first, place);
    for (const { signal } of marked) checkValues(signal, place);
  };
}

/** Checks what `SG_MUL_VAL_` says. */
export function checkSelections(subject: LintSubject, findings: Findings): void {
  if (subject.statements.SG_MUL_VAL_.length === 0) return;
  for (const selection of subject.statements.SG_MUL_VAL_) checkSelection(selection, { subject, findings });
  checkCycles(groupById(subject.statements.SG_MUL_VAL_), { subject, findings });
}

/** Lists signals with a marker; undefined where there are none. */
function listMarked({ signals }: WrittenMessage): readonly MarkedSignal[] | undefined {
  let marked: MarkedSignal[] | undefined;
  for (const signal of signals) {
    const marker = signal.statement.multiplexingText;
    if (marker !== undefined) (marked ??= []).push({ signal, marker });
  }
  return marked;
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

function markerOf({ statement }: DatabaseSignal): TextRange {
  return statement.multiplexing ?? statement;
}

/** `M` or `m3M`: a signal that selects. */
function isMultiplexor(marker: string | undefined): boolean {
  return marker?.endsWith('M') === true;
}

/** `m3` or `m3M`: a signal that is selected. */
function isSelected(marker: string | undefined): boolean {
  return marker?.startsWith('m') === true;
}

function checkMarkers(
  marked: readonly MarkedSignal[],
  selections: readonly ExtendedMultiplexingStatement[],
  place: Place,
): void {
  const multiplexors = marked.filter(({ marker }) => isMultiplexor(marker));
  if (multiplexors.length === 1) return;
  const named = new Set(selections.map(({ signal }) => signal?.text));
  for (const { signal, marker } of marked)
    if (isSelected(marker) && !isMultiplexor(marker) && !named.has(signal.shortName))
      sayUnselected(signal, multiplexors, place);
}

function sayUnselected(
  signal: DatabaseSignal,
  multiplexors: readonly MarkedSignal[],
  { message, findings }: Place,
): void {
  const name = showName({ text: signal.shortName });
  const place = showName(message.name);
  const many = String(multiplexors.length);
  findings.add(multiplexors.length === 0 ? 'mux-no-M' : 'mux-two-M', markerOf(signal), message, () => ({
    message:
      multiplexors.length === 0
        ? `${name} is multiplexed, but no signal of ${place} selects it: it is read always`
        : `${name} is multiplexed, but ${place} has ${many} multiplexors, and no SG_MUL_VAL_ says which one selects it: it is read always`,
    related: multiplexors
      .slice(0, 2)
      .map((multiplexor) => relate(markerOf(multiplexor.signal), 'A multiplexor')),
  }));
}

function sayUnknownToOpendbc({ signal }: MarkedSignal, { message, findings }: Place): void {
  findings.add('mux-opendbc', markerOf(signal), message, () => ({
    message: `${showName(message.name)} is multiplexed: opendbc reads the signals of all branches from every frame`,
  }));
}

/** Compares the values of a branch with what the bits of its multiplexor can hold. */
function checkValues(signal: DatabaseSignal, place: Place): void {
  const { parent, ranges } = signal.multiplexing;
  if (parent === undefined) return;
  const most = parent.isSigned ? 2 ** (parent.length - 1) - 1 : 2 ** parent.length - 1;
  const beyond = ranges.find(([, last]) => last > most);
  if (beyond !== undefined) sayBeyond(signal, { parent, most, value: beyond[1] }, place);
}

function sayBeyond(
  signal: DatabaseSignal,
  selection: { readonly parent: DatabaseSignal; readonly most: number; readonly value: number },
  { message, findings }: Place,
): void {
  const { parent, most, value } = selection;
  findings.add('mux-id-size', markerOf(signal), message, () => ({
    message: `${showName({ text: signal.shortName })} is selected by ${String(value)}, but ${showName({ text: parent.shortName })} has ${count(parent.length, 'bit')} and goes to ${String(most)}`,
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
  const { multiplexor, signal } = selection;
  if (multiplexor !== undefined) checkMark(multiplexor, 'M', { message, findings });
  if (signal !== undefined) checkMark(signal, 'm', { message, findings });
}

/** Looks whether a signal is marked as what `SG_MUL_VAL_` says that it is. */
function checkMark(word: Word, mark: 'M' | 'm', { message, findings }: Place): void {
  const signal = message.findSignal(word.text);
  const marker = signal?.statement.multiplexing?.text;
  if (signal === undefined || (mark === 'M' ? isMultiplexor(marker) : isSelected(marker))) return;
  findings.add('mulval-parent', word, message, () => ({
    message:
      mark === 'M'
        ? `${showName(word)} selects signals here, but its SG_ line is not marked with M`
        : `${showName(word)} is selected here, but its SG_ line is not marked with m and a value`,
    related: [relate(signal.statement.name ?? signal.statement, 'The signal')],
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
