import type { SignalStatement, Statement, SyntaxProblem, TextEdit } from '../../syntax/syntax-tree.ts';
import type { DiagnosticFix, Severity } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import type { LintCode } from '../lint-rules.ts';
import type { LintSubject } from '../lint-subject.ts';
import { isMessageRead, isSignalRead } from '../opendbc-lines.ts';

/** Says what the parser found, with what mends it. */
export function checkSyntax(subject: LintSubject, findings: Findings): void {
  const { statements } = subject.tree;
  for (let index = 0; index < statements.length; index++)
    if (statements[index]!.problems.length > 0) sayProblems(statements[index]!, { subject, findings });
  if (subject.runs.every(({ kind }) => kind === '//'))
    findings.add(
      'empty-file',
      { start: subject.tree.text.length, end: subject.tree.text.length },
      undefined,
      () => ({
        message: 'There is no statement in this file: cantools refuses it, opendbc reads no messages',
      }),
    );
}

function sayProblems(
  statement: Statement,
  place: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  for (const problem of statement.problems) sayProblem(problem, statement, place);
}

function sayProblem(
  problem: SyntaxProblem,
  statement: Statement,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  const code = nameProblem(problem, statement, subject);
  if (code === undefined) return;
  findings.add(code, problem, undefined, () => {
    const isLost = isLostByOpendbc(subject.tree.text, statement);
    const loss = isLost ? `; opendbc loses this ${statement.kind === 'SG_' ? 'signal' : 'message'}` : '';
    return {
      message: problem.message + loss,
      severity: rateProblem(code, statement, { subject, isLost }),
      fix: mend(problem, statement, { code, subject }),
    };
  });
}

/** Names a problem more closely than the parser does; undefined for what another check says, too, and better. */
function nameProblem(
  { code, start, end }: SyntaxProblem,
  statement: Statement,
  { tree: { text } }: LintSubject,
): LintCode | undefined {
  if (code !== 'syntax') return code;
  switch (statement.kind) {
    case 'BU_':
      return text.slice(start, end) === ',' ? 'node-separator' : code;
    case 'SG_':
      if (start === statement.start) return undefined;
      return statement.receivers.slice(1).some((receiver) => receiver.start === start)
        ? 'receiver-separator'
        : code;
    case 'VAL_':
      return statement.table?.start === start ? undefined : code;
    default:
      return code;
  }
}

function isLostByOpendbc(text: string, statement: Statement): boolean {
  if (statement.kind === 'SG_') return !isSignalRead(text, statement);
  return statement.kind === 'BO_' && !isMessageRead(text, statement);
}

/** Makes the exceptions: what opendbc reads or does not need, and what cantools drops at the end of a file. */
function rateProblem(
  code: LintCode,
  statement: Statement,
  { subject, isLost }: { readonly subject: LintSubject; readonly isLost: boolean },
): Severity | undefined {
  if (subject.profile === 'opendbc') {
    if (statement.kind === 'unknown') return undefined;
    if (isLost) return 'error';
    return code === 'syntax' ? 'warning' : undefined;
  }
  if (subject.profile !== 'cantools' || code !== 'missing-semicolon') return undefined;
  return statement === findLast(subject) ? 'warning' : undefined;
}

/** A last statement that is not finished is the only one that cantools drops instead of the file. */
function findLast({ tree: { statements } }: LintSubject): Statement | undefined {
  return statements.findLast(({ kind }) => kind !== '//');
}

function mend(
  problem: SyntaxProblem,
  statement: Statement,
  { code, subject }: { readonly code: LintCode; readonly subject: LintSubject },
): DiagnosticFix | undefined {
  if (code === 'node-separator') return setApart([{ start: problem.start, end: problem.end, text: ' ' }]);
  if (statement.problems.length > 1) return undefined;
  switch (code) {
    case 'receiver-separator':
      return statement.kind === 'SG_' ? setApart(addCommas(statement, subject.tree.text)) : undefined;
    case 'missing-semicolon':
      return addSemicolon(statement, subject);
    case 'keyword-case':
      return capitalize(problem, subject);
    case 'number-form':
      return rewriteNumber(problem, subject);
    case 'comment-syntax':
      return makeMessageComment(statement, subject);
    default:
      return undefined;
  }
}

function setApart(edits: readonly TextEdit[]): DiagnosticFix {
  return { title: 'Set the names apart as all readers expect', edits };
}

/** Puts a comma wherever only blanks are between two receivers. */
function addCommas({ receivers }: SignalStatement, text: string): readonly TextEdit[] {
  return receivers.slice(1).flatMap(({ start }, index) => {
    const { end } = receivers[index]!;
    return text.slice(end, start).includes(',') ? [] : [{ start: end, end: start, text: ',' }];
  });
}

/** Texts of an environment variable are passed over by opendbc without one, and with it make it refuse the file. */
function addSemicolon(statement: Statement, { tree: { text } }: LintSubject): DiagnosticFix | undefined {
  if (statement.kind === 'VAL_' && statement.id === undefined) return undefined;
  const { start, end } = statement;
  const at = start + text.slice(start, end).trimEnd().length;
  return { title: 'Add the semicolon', edits: [{ start: at, end: at, text: ';' }] };
}

function capitalize({ start, end }: SyntaxProblem, { tree: { text } }: LintSubject): DiagnosticFix {
  const keyword = text.slice(start, end).toUpperCase();
  return { title: `Write ${keyword} in capitals`, edits: [{ start, end, text: keyword }] };
}

/** Puts a zero before the point, and writes hexadecimal numbers as decimal ones; other forms may mean anything. */
function rewriteNumber(
  { start, end }: SyntaxProblem,
  { tree: { text } }: LintSubject,
): DiagnosticFix | undefined {
  if (!standsApart(text, start)) return undefined;
  const number = text.slice(start, end);
  const written = /^[+-]?\.\d/.test(number)
    ? number.replace('.', '0.')
    : /^0[xX][0-9a-fA-F]{1,16}$/.test(number)
      ? BigInt(number).toString()
      : undefined;
  return written === undefined
    ? undefined
    : {
        title: `Write ${number.slice(0, 40)} as ${written.slice(0, 40)}`,
        edits: [{ start, end, text: written }],
      };
}

/** Behind the letters of a name, digits would become a part of it. */
function standsApart(text: string, start: number): boolean {
  return start === 0 || /[^\w.\u0080-\uffff]/.test(text.charAt(start - 1));
}

/** A comment that names a message, and nothing else, is that of the message: if there is one, and it has none yet. */
function makeMessageComment(statement: Statement, subject: LintSubject): DiagnosticFix | undefined {
  if (statement.kind !== 'CM_' || statement.text?.isClosed !== true) return undefined;
  const { object, keyword } = statement;
  if (object.scope !== 'BO_' && (object.scope !== 'SG_' || object.signal !== undefined)) return undefined;
  const { id } = object;
  if (id === undefined || !subject.messageById.has(id.value)) return undefined;
  if (listCommented(subject).has(id.value)) return undefined;
  const start = keyword.end;
  const edit: TextEdit = { start, end: id.start, text: ' BO_ ' };
  return /^\s*(?:SG_\s*)?$/.test(subject.tree.text.slice(start, id.start))
    ? { title: 'Make it the comment of the message', edits: [edit] }
    : undefined;
}

const listed = new WeakMap<LintSubject, ReadonlySet<number>>();

/** Lists the messages that have a comment, by id; the file is walked the first time only. */
function listCommented(subject: LintSubject): ReadonlySet<number> {
  let ids = listed.get(subject);
  if (ids === undefined) listed.set(subject, (ids = gatherCommented(subject)));
  return ids;
}

function gatherCommented({ comments }: LintSubject): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { object, statement } of comments)
    if (object.scope === 'BO_' && object.id !== undefined && statement.problems.length === 0)
      ids.add(object.id.value);
  return ids;
}
