import type {
  CommentStatement,
  MessageStatement,
  NumberWord,
  ReferredObject,
  SignalStatement,
  Word,
} from '../../syntax/syntax-tree.ts';
import { haveCommentsOneSignalEach } from '../comment-targets.ts';
import type { Findings } from '../findings.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import { relate, showMessage, showName, showWrittenId } from '../wording.ts';
import { hasSignal } from '../written-messages.ts';
import type { WrittenAttribute, WrittenComment, WrittenValues } from '../written-statements.ts';

const NOBODY = 'Vector__XXX';
const RECENT_NODES = 32;

interface Place {
  readonly subject: LintSubject;
  readonly findings: Findings;
}

/** Checks whether there is what statements name. */
export function checkReferences(subject: LintSubject, findings: Findings): void {
  const place = { subject, findings };
  const { statements } = subject;
  const isSettled = haveCommentsOneSignalEach(subject);
  for (const comment of subject.comments)
    if (!isFound(comment, isSettled)) checkObject(comment.object, place);
  for (const attribute of subject.attributes)
    if (!isFound(attribute, false)) checkObject(attribute.object, place);
  for (const values of subject.values) if (values.signal === undefined) checkNamed(values, place);
  for (const { id, signal } of statements.SIG_VALTYPE_) checkSignal(id, signal, place);
  for (const { id, signal, multiplexor } of statements.SG_MUL_VAL_)
    if (checkSignal(id, signal, place)) checkSignal(id, multiplexor, place);
  checkGroups(place);
  checkRelations(place);
  checkSenders(place);
  checkRepeatedComments(isSettled, place);
}

/** Whether there is the message or the signal: nearly always, and then no word is needed. */
function isFound(reference: WrittenComment | WrittenAttribute, isSettled: boolean): boolean {
  const { scope, message } = reference;
  if (scope === 'network') return true;
  if (message === undefined || scope === 'BO_') return message !== undefined;
  return isSettled || reference.findSignal() !== undefined;
}

function checkNamed({ id, name }: WrittenValues, place: Place): void {
  if (id !== undefined) checkSignal(id, name, place);
  else checkVariable(name, place);
}

function checkObject(object: ReferredObject, place: Place): void {
  switch (object.scope) {
    case 'BO_':
      checkMessage(object.id, place);
      return;
    case 'SG_':
      checkSignal(object.id, object.signal, place);
      return;
    case 'BU_':
      checkNode(object.node, place);
      return;
    case 'EV_':
      checkVariable(object.name, place);
      return;
    case 'network':
  }
}

function checkMessage(id: NumberWord | undefined, { subject, findings }: Place): boolean {
  if (id === undefined || subject.messageById.has(id.value)) return true;
  findings.add('ref-message', id, undefined, () => ({
    message: `There is no message with id ${showWrittenId(id)}${hintAtFlag(id.value, subject)}`,
  }));
  return false;
}

/** Ids with and without bit 31 are easily mixed up. */
function hintAtFlag(id: number, { messageById }: LintSubject): string {
  const other = messageById.get(id >= 0x8000_0000 ? id - 0x8000_0000 : id + 0x8000_0000);
  return other === undefined
    ? ''
    : `; ${showName(other.name)} has it ${id >= 0x8000_0000 ? 'without' : 'with'} bit 31`;
}

/** Returns whether there is the message. */
function checkSignal(id: NumberWord | undefined, signal: Word | undefined, place: Place): boolean {
  if (id === undefined) return false;
  const message = place.subject.messageById.get(id.value);
  if (message === undefined) return checkMessage(id, place);
  if (signal === undefined || hasSignal(message, signal.text)) return true;
  place.findings.add('ref-signal', signal, message, () => ({
    message: `${showMessage(message)}, has no signal ${showName(signal)}`,
    related: [relate(message.name ?? message.statement, 'The message')],
  }));
  return true;
}

function checkNode(node: Word | undefined, { subject, findings }: Place): void {
  if (node === undefined || node.text === NOBODY || subject.nodes.has(node.text)) return;
  findings.add('ref-node', node, undefined, () => ({
    message: `BU_ lists no node ${showName(node)}`,
  }));
}

function checkVariable(name: Word | undefined, { subject, findings }: Place): void {
  if (name === undefined || subject.environmentVariables.has(name.text)) return;
  findings.add('ref-variable', name, undefined, () => ({
    message: `There is no environment variable ${showName(name)}`,
  }));
}

function checkGroups(place: Place): void {
  for (const { id, signals } of place.subject.statements.SIG_GROUP_) {
    if (!checkMessage(id, place)) continue;
    for (const signal of signals) checkSignal(id, signal, place);
  }
}

function checkRelations(place: Place): void {
  for (const { node, object } of place.subject.statements.BA_REL_) {
    checkNode(node, place);
    if (object !== undefined) checkObject(object, place);
  }
}

/** Who sends; without any `BU_` that is said once, elsewhere. */
function checkSenders(place: Place): void {
  const { statements, messages, nodes } = place.subject;
  for (const { id, nodes: senders } of statements.BO_TX_BU_) {
    checkMessage(id, place);
    if (statements.BU_.length > 0) for (const node of senders) checkNode(node, place);
  }
  if (statements.BU_.length === 0) return;
  for (const { statement } of messages) {
    const { transmitterText } = statement;
    if (transmitterText !== undefined && !nodes.has(transmitterText)) saySender(statement, place);
  }
}

/** Checks who receives signals. */
export function beginReceivers(subject: LintSubject, findings: Findings): CheckMessage {
  const said = new Set<string>();
  const nodes = new ListedNodes(subject);
  return ({ message: { signals } }) => {
    if (subject.statements.BU_.length === 0) return;
    for (const { receivers, statement } of signals)
      for (let index = 0; index < receivers.length; index++) {
        const name = receivers[index]!;
        if (!nodes.has(name) && !said.has(name)) sayReceiver(name, statement, { said, findings });
      }
  };
}

/** Nodes that `BU_` lists. Those that were asked for last are at hand: signals have few receivers, each again and again. */
class ListedNodes {
  readonly #all: LintSubject['nodes'];
  readonly #recent: string[] = [];

  constructor({ nodes }: LintSubject) {
    this.#all = nodes;
  }

  has(name: string): boolean {
    // Of names that begin alike most differ in length.
    const place = (name.length + name.charCodeAt(name.length >> 1)) % RECENT_NODES;
    if (this.#recent[place] === name) return true;
    if (!this.#all.has(name)) return false;
    this.#recent[place] = name;
    return true;
  }
}

function saySender({ transmitter: node }: MessageStatement, { findings }: Place): void {
  if (node === undefined || node.text === NOBODY) return;
  findings.add('unknown-sender', node, undefined, () => ({
    message: `BU_ lists no node ${showName(node)}, which sends this message`,
  }));
}

/** A node that is missing receives many signals: it is said where it first does. */
function sayReceiver(
  name: string,
  { receivers }: SignalStatement,
  { said, findings }: { readonly said: Set<string>; readonly findings: Findings },
): void {
  const node = receivers.find(({ text }) => text === name);
  said.add(name);
  if (node === undefined) return;
  findings.add('unknown-receiver', node, undefined, () => ({
    message: `BU_ lists no node ${showName(node)}, which receives signals from here on`,
  }));
}

function checkRepeatedComments(isSettled: boolean, { subject, findings }: Place): void {
  const first = new Map<object | string, CommentStatement>();
  for (const comment of subject.comments) {
    const { statement, scope } = comment;
    if (isSettled && scope === 'SG_') continue;
    // A comment that lacks its text has a problem.
    const key = statement.problems.length > 0 && comment.text === undefined ? undefined : findKey(comment);
    if (key === undefined) continue;
    const known = first.get(key);
    if (known === undefined) first.set(key, statement);
    else
      findings.add('comment-dup', statement.keyword, undefined, () => ({
        message: 'This is the second comment of the same: cantools keeps the last one',
        related: [relate(known.keyword, 'The first of them')],
      }));
  }
}

/** Finds what two comments of the same have in common: the message or the signal itself, where there is one. */
function findKey(comment: WrittenComment): object | string | undefined {
  const { scope, message } = comment;
  return (scope === 'BO_' ? message : comment.findSignal()) ?? nameObject(comment.object);
}

/** Comments of the network are for many purposes, such as imports; there may be many. */
function nameObject(object: ReferredObject): string | undefined {
  switch (object.scope) {
    case 'BO_':
      return object.id && `BO_ ${object.id.text}`;
    case 'SG_':
      return object.id && object.signal && `SG_ ${object.id.text} ${object.signal.text}`;
    case 'BU_':
      return object.node && `BU_ ${object.node.text}`;
    case 'EV_':
      return object.name && `EV_ ${object.name.text}`;
    case 'network':
      return undefined;
  }
}
