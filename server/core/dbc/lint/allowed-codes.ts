import type { NumberWord, SignalStatement, Statement, Word } from '../syntax/syntax-tree.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { LintSubject } from './lint-subject.ts';

/** What allows findings; it stands in a comment of the format, so that every tool keeps it. */
const MARK = 'cts-lint: allow ';
/** Codes behind the mark, with commas between them. */
const CODES = /cts-lint: allow ([\w-]+(?:, ?[\w-]+)*)/g;
/** What is allowed for everything. */
const WHOLE_FILE = 'file';

/** Codes by what they are allowed for: the whole file, a message or a signal. */
type AllowedCodes = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Leaves out findings that the file itself allows: with `cts-lint: allow overlap` in the comment of a message or a
 * signal, for it and wherever it is named; in a comment of the network, for the whole file. What cannot be read stays, as
 * it may be why such a comment is where it is.
 */
export function leaveOutAllowed(
  diagnostics: readonly Diagnostic[],
  subject: LintSubject,
): readonly Diagnostic[] {
  if (diagnostics.length === 0 || !subject.tree.text.includes(MARK)) return diagnostics;
  const allowed = gatherAllowed(subject);
  const idOfSignal = new Map(
    subject.messages.flatMap(({ id, signals }) => signals.map(({ statement }) => [statement, id] as const)),
  );
  return diagnostics.filter(({ code, start }) => {
    if (code === 'syntax' || allowed.get(WHOLE_FILE)?.has(code) === true) return code === 'syntax';
    const statement = findStatement(subject.tree.statements, start);
    const owners = statement === undefined ? [] : nameOwners(statement, idOfSignal);
    return !owners.some((owner) => owner !== undefined && allowed.get(owner)?.has(code) === true);
  });
}

function gatherAllowed({ comments }: LintSubject): AllowedCodes {
  const allowed = new Map<string, Set<string>>();
  for (const { object, text } of comments) {
    if (text?.text.includes(MARK) !== true) continue;
    const owner =
      object.scope === 'network'
        ? WHOLE_FILE
        : 'id' in object
          ? nameOwner(object.id, 'signal' in object ? object.signal : undefined)
          : undefined;
    if (owner === undefined) continue;
    const codes = allowed.get(owner) ?? new Set();
    for (const [, list] of text.text.matchAll(CODES))
      for (const code of (list ?? '').split(/, ?/)) codes.add(code);
    allowed.set(owner, codes);
  }
  return allowed;
}

function nameOwner(id: NumberWord | undefined, signal: Word | undefined): string | undefined {
  if (id === undefined) return undefined;
  return signal === undefined ? String(id.value) : `${String(id.value)} ${signal.text}`;
}

/** Finds the last statement that begins at or before a place. */
function findStatement(statements: readonly Statement[], place: number): Statement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (statements[middle]!.start <= place) low = middle + 1;
    else high = middle;
  }
  return statements[low - 1];
}

/** Names the message, and the signal, that a statement is about. */
function nameOwners(
  statement: Statement,
  idOfSignal: ReadonlyMap<SignalStatement, NumberWord | undefined>,
): readonly (string | undefined)[] {
  switch (statement.kind) {
    case 'SG_':
      return nameBoth(idOfSignal.get(statement), statement.name);
    case 'VAL_':
      return nameBoth(statement.id, statement.name);
    case 'SIG_VALTYPE_':
    case 'SG_MUL_VAL_':
      return nameBoth(statement.id, statement.signal);
    case 'CM_':
    case 'BA_':
      return 'id' in statement.object
        ? nameBoth(statement.object.id, 'signal' in statement.object ? statement.object.signal : undefined)
        : [];
    default:
      return 'id' in statement ? [nameOwner(statement.id, undefined)] : [];
  }
}

function nameBoth(id: NumberWord | undefined, signal: Word | undefined): readonly (string | undefined)[] {
  return [nameOwner(id, undefined), nameOwner(id, signal)];
}
