import type {
  CommentStatement,
  MessageStatement,
  NumberWord,
  SignalStatement,
} from '../../syntax/syntax-tree.ts';
import type { DiagnosticFix } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import { writeMessageLine, writeSignalLine, writeValuesLine } from '../opendbc-forms.ts';
import {
  areValuesRead,
  findRefusedWord,
  isLineUsual,
  isMessageRead,
  isPythonInteger,
  isSignalRead,
} from '../opendbc-lines.ts';
import { showName } from '../wording.ts';
import type { WrittenMessage } from '../written-messages.ts';
import type { WrittenValues } from '../written-statements.ts';

/** Checks what opendbc's reader, which goes line by line, does not read though it is well formed. */
export function checkOpendbcLines(subject: LintSubject, findings: Findings): void {
  if (findings.profile !== 'opendbc') return;
  const { text } = subject.tree;
  for (const values of subject.values)
    if (!subject.isAscii || !isLineUsual(text, values.statement)) checkValues(values, text, findings);
  for (const { statement } of subject.comments) checkComment(statement, text, findings);
}

/** Checks which messages and signals opendbc loses. */
export function beginOpendbcMessages(subject: LintSubject, findings: Findings): CheckMessage {
  const { text } = subject.tree;
  const nobody = subject.nodes.has('XXX') ? 'XXX' : 'Vector__XXX';
  const isOpendbc = findings.profile === 'opendbc';
  return ({ message, isUsual }) => {
    checkReceivers(message, nobody, findings);
    if (!isOpendbc || isUsual) return;
    checkMessage(message, text, findings);
    for (const { statement } of message.signals)
      if (!isSignalRead(text, statement)) sayLostSignal(statement, message, { text, findings });
      else checkRefused(statement, text, findings);
  };
}

/** The database leaves out who is nobody: only then the line itself is asked. */
function checkReceivers(message: WrittenMessage, nobody: string, findings: Findings): void {
  for (const { receivers, statement } of message.signals)
    if (receivers.length === 0 && statement.receiverCount === 0)
      sayNoReceiver(statement, nobody, { message, findings });
}

function sayNoReceiver(
  { unit, name, problems }: SignalStatement,
  nobody: string,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  if (unit?.isClosed !== true || problems.length > 0) return;
  const edits = [{ start: unit.end, end: unit.end, text: ` ${nobody}` }];
  findings.add('no-receiver', unit, message, () => ({
    message: `${showName(name)} has no receiver: opendbc loses the signal; cantools reads it`,
    fix: { title: `Add the receiver ${nobody}`, edits },
  }));
}

function checkMessage({ statement, id, size, name }: WrittenMessage, text: string, findings: Findings): void {
  if (!isMessageRead(text, statement)) {
    // What is wrong for everybody is said elsewhere.
    if (statement.problems.length > 0 || (id?.value ?? 0) < 0) return;
    findings.add('format-opendbc', statement, undefined, () => ({
      message: `opendbc does not read the message ${showName(name)}, and puts its signals into the one before: it needs "BO_ id name: size sender" with single blanks, alone on a line`,
      fix: writeMessageLine(text, statement),
    }));
    return;
  }
  for (const number of [id, size]) if (number !== undefined) checkPythonInteger(number, findings);
  if (id === undefined || size === undefined) checkRefused(statement, text, findings);
}

/** A line may be so broken that no number was found in it, and still be one that opendbc takes. */
function checkRefused(statement: MessageStatement | SignalStatement, text: string, findings: Findings): void {
  const word = statement.problems.length > 0 ? findRefusedWord(text, statement) : undefined;
  if (word !== undefined) sayRefused(word, undefined, findings);
}

function checkPythonInteger(number: NumberWord, findings: Findings): void {
  const { text, start, end } = number;
  if (isUsualInteger(text) || isPythonInteger(text)) return;
  const stripped = /^0+([1-9]\d*)$/.exec(text)?.[1];
  const fix =
    stripped === undefined
      ? undefined
      : { title: 'Remove the zeros in front', edits: [{ start, end, text: stripped }] };
  sayRefused(number, fix, findings);
}

/** Nearly all numbers are decimal and begin with another digit than 0. */
function isUsualInteger(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < (i === 0 ? 0x31 : 0x30) || unit > 0x39) return false;
  }
  return text !== '';
}

function sayRefused(
  word: Pick<NumberWord, 'start' | 'end' | 'text'>,
  fix: DiagnosticFix | undefined,
  findings: Findings,
): void {
  findings.add('opendbc-refuses', word, undefined, () => ({
    message: `Python reads no number from "${word.text.slice(0, 60)}": opendbc refuses the whole file`,
    fix,
  }));
}

function sayLostSignal(
  signal: SignalStatement,
  message: WrittenMessage,
  { text, findings }: { readonly text: string; readonly findings: Findings },
): void {
  // What is wrong for everybody is said elsewhere, and that opendbc loses it.
  if (signal.problems.length > 0 || signal.receivers.length === 0) return;
  if ((signal.startBit?.value ?? 0) < 0 || (signal.length?.value ?? 0) < 0) return;
  findings.add('format-opendbc', signal, message, () => ({
    message: `opendbc loses the signal ${showName(signal.name)} without a word: it needs "SG_ name : start|length@order+ (factor,offset) [min|max] "unit" receiver" spaced just so, alone on a line`,
    fix: writeSignalLine(text, signal),
  }));
}

function checkValues({ statement, id, name }: WrittenValues, text: string, findings: Findings): void {
  if (!areValuesRead(text, statement)) {
    if (statement.problems.length > 0 || id === undefined) return;
    findings.add('format-opendbc', statement, undefined, () => ({
      message: `opendbc does not read the texts of ${showName(name)}: it needs "VAL_ id signal … ;" on one line, with single blanks up to the first value`,
      severity: 'warning',
      fix: writeValuesLine(text, statement),
    }));
  } else if (id !== undefined) checkPythonInteger(id, findings);
  else if (name !== undefined)
    findings.add('val-environment', name, undefined, () => ({
      message: `${showName(name)} is an environment variable, which opendbc takes for the id of a message: it refuses the file`,
    }));
}

/** Lines within a comment are lines for opendbc. */
function checkComment(statement: CommentStatement, text: string, findings: Findings): void {
  const lineEnd = text.indexOf('\n', statement.start);
  if (lineEnd < 0 || lineEnd >= statement.end) return;
  for (let at = lineEnd; at >= 0 && at < statement.end; at = text.indexOf('\n', at + 1)) {
    const found = /^[ \t]*(BO_|SG_|VAL_) /.exec(text.slice(at + 1, Math.min(at + 200, statement.end)));
    if (found !== null) sayCommentLine({ at: at + 1, length: found[0].length }, found[1] ?? '', findings);
  }
}

function sayCommentLine(
  { at, length }: { readonly at: number; readonly length: number },
  keyword: string,
  findings: Findings,
): void {
  findings.add('comment-line-opendbc', { start: at, end: at + length }, undefined, () => ({
    message: `This line is within a text, but begins with ${keyword}: opendbc reads it as a statement`,
  }));
}
