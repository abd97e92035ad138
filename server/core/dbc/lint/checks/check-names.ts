import type { TextRange, Word } from '../../syntax/syntax-tree.ts';
import type { Findings } from '../findings.ts';
import { isKeyword } from '../../syntax/keywords.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import { quote, relate, showMessage, showName } from '../wording.ts';
import type { WrittenMessage } from '../written-messages.ts';

const MAX_LENGTH = 32;

/** Checks names of messages, nodes, variables and value tables. */
export function checkNames(subject: LintSubject, findings: Findings): void {
  for (const message of subject.messages)
    if (!isUsualName(message.nameText ?? '')) checkWord(message.name, message, findings);
  checkMessageNames(subject, findings);
  for (const { nodes } of subject.statements.BU_)
    for (const node of nodes) checkNode(node, { subject, findings });
  for (const { name } of subject.statements.EV_) checkWord(name, undefined, findings);
  for (const { name } of subject.statements.VAL_TABLE_) checkWord(name, undefined, findings);
}

/** Checks names of signals. */
export function beginSignalNames({ isAscii }: LintSubject, findings: Findings): CheckMessage {
  // Of ASCII, words have nothing that names may not have.
  const isUsual = isAscii ? isUsualWord : isUsualName;
  return ({ message }) => {
    for (const { shortName, statement } of message.signals)
      if (!isUsual(shortName)) checkWord(statement.name, message, findings);
    if (message.hasTwins) checkRepeatedSignals(message, findings);
  };
}

/** Whether nothing about a name can be said: nearly all names are done with here. */
function isUsualName(text: string): boolean {
  return /^\w+$/.test(text) && isUsualWord(text);
}

/** The same of a word of letters, digits and underscores. */
function isUsualWord(text: string): boolean {
  if (text.length > MAX_LENGTH || text.length === 0) return false;
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return false;
  // All keywords but two end so.
  return !(text.endsWith('_') || text.length < 8) || !isKeyword(text);
}

function checkWord(word: Word | undefined, within: object | undefined, findings: Findings): void {
  if (word === undefined || isUsualName(word.text)) return;
  if (word.text.length > MAX_LENGTH) sayLength(word, within, findings);
  if (isKeyword(word.text)) sayKeyword(word, within, findings);
  if (/\W/.test(word.text)) sayCharset(word, within, findings);
  else if (/^\d/.test(word.text)) sayStart(word, within, findings);
}

function sayLength(word: Word, within: object | undefined, findings: Findings): void {
  findings.add('name-length', word, within, () => ({
    message: `${showName(word)} has ${String(word.text.length)} characters: Vector's tools keep 32, and longer names in attributes; opendbc and cantools take it`,
  }));
}

function sayKeyword(word: Word, within: object | undefined, findings: Findings): void {
  findings.add('name-keyword', word, within, () => ({
    message: `${word.text} is a keyword of the format, and no name for cantools and Vector's tools`,
  }));
}

function sayStart(word: Word, within: object | undefined, findings: Findings): void {
  findings.add('name-start', word, within, () => ({
    message: `${showName(word)} begins with a digit: cantools and Vector's tools refuse it, opendbc takes it`,
  }));
}

/** opendbc takes what Python calls letters and digits; what else there is loses the line. */
function sayCharset(word: Word, within: object | undefined, findings: Findings): void {
  findings.add('name-charset', word, within, () => {
    const odd = /[^A-Za-z0-9_]/u.exec(word.text)?.[0] ?? '';
    const isLost = /[^\p{L}\p{N}_]/u.test(word.text);
    return {
      message: `${showName(word)} has the character ${quote(odd)}: names have A-Z, a-z, 0-9 and _ only; cantools refuses the file, ${isLost ? 'and opendbc loses the line' : 'opendbc takes it'}`,
      severity: isLost && findings.profile === 'opendbc' ? 'error' : undefined,
    };
  });
}

function checkRepeatedSignals(message: WrittenMessage, findings: Findings): void {
  for (const signal of message.signals) {
    const first = message.findSignal(signal.shortName);
    if (first === undefined || first === signal || signal.shortName === '') continue;
    const place: TextRange = signal.statement.name ?? signal.statement.keyword;
    findings.add('dup-signal', place, message, () => ({
      message: `${showName(message.name)} has two signals ${showName({ text: signal.shortName })}: for opendbc the last one counts`,
      related: [relate(first.statement.name ?? first.statement, 'The first of them')],
    }));
  }
}

function checkMessageNames({ messages }: LintSubject, findings: Findings): void {
  const firstByName = new Map<string, WrittenMessage>();
  for (const message of messages) {
    const { nameText } = message;
    if (nameText === undefined) continue;
    const first = firstByName.get(nameText);
    if (first === undefined) firstByName.set(nameText, message);
    else sayRepeatedMessage(message, first, findings);
  }
}

function sayRepeatedMessage(
  { name, statement }: WrittenMessage,
  first: WrittenMessage,
  findings: Findings,
): void {
  findings.add('dup-message-name', name ?? statement, undefined, () => ({
    message: `Two messages are named ${showName(name)}: who asks by name gets the last one`,
    related: [relate(first.name ?? first.statement, showMessage(first))],
  }));
}

function checkNode(
  node: Word,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  checkWord(node, undefined, findings);
  const first = subject.nodes.get(node.text);
  if (first === undefined || first.start === node.start) return;
  findings.add('dup-node', node, undefined, () => ({
    message: `Node ${showName(node)} is listed twice`,
    related: [relate(first, 'The first of them')],
  }));
}
