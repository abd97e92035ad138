import type { NumberWord, TextEdit } from '../../syntax/syntax-tree.ts';
import type { DiagnosticFix, Severity } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import { listIds } from '../id-words.ts';
import type { LintSubject } from '../lint-subject.ts';
import type { WrittenMessage } from '../written-messages.ts';
import { count, quote, relate, showId, showMessage, showName } from '../wording.ts';

const BIT_31 = 0x8000_0000;
const MAX_STANDARD = 0x7ff;
const MAX_EXTENDED = 0x1fff_ffff;
/** The most that the transport protocol of J1939 puts together. */
const MAX_J1939_SIZE = 1785;
const FD_SIZES: readonly number[] = [12, 16, 20, 24, 32, 48, 64];

/** Checks ids and sizes of messages. */
export function checkIds(subject: LintSubject, findings: Findings): void {
  const firstById = new Map<number, WrittenMessage>();
  // Of two messages with one id only one is found by it.
  const isRepeated = subject.messageById.size < subject.messages.length;
  for (const message of subject.messages) {
    if (message.message === undefined) sayPseudo(message, findings);
    if (!Number.isFinite(message.idValue)) continue;
    if (message.message !== undefined)
      checkRange(message, { subject, isFirst: !firstById.has(message.idValue), findings });
    if (isRepeated) checkRepeated(message, { firstById, findings });
    checkSize(message, findings);
  }
  checkFdAttributes(subject, findings);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function sayPseudo({ statement, name }: WrittenMessage, findings: Findings): void {
  findings.add('pseudo-message', name ?? statement.keyword, undefined, () => ({
    message:
      'VECTOR__INDEPENDENT_SIG_MSG holds signals that belong to no message; opendbc reads it as a message',
  }));
}

function checkRange(
  message: WrittenMessage,
  {
    subject,
    isFirst,
    findings,
  }: { readonly subject: LintSubject; readonly isFirst: boolean; readonly findings: Findings },
): void {
  const { idValue: value } = message;
  if (value >= 0 && value <= MAX_STANDARD && Number.isInteger(value)) return;
  const { id } = message;
  if (id === undefined) return;
  if (value >= BIT_31 && value <= BIT_31 + MAX_EXTENDED) {
    sayFlag(id, message, findings);
    return;
  }
  findings.add('id-range', id, undefined, () =>
    value > MAX_STANDARD && value <= MAX_EXTENDED && Number.isInteger(value)
      ? {
          message: `Id ${showId(value)} of ${showName(message.name)} needs 29 bits, but bit 31, which says so, is not set: cantools and Vector's tools refuse it; opendbc finds frames of 29 bits by the number as it is`,
          // One fix mends all that have this id.
          fix: findings.profile === 'opendbc' || !isFirst ? undefined : setBit31(subject, value),
        }
      : {
          message: `Id ${quote(id.text)} of ${showName(message.name)} is in no frame: ids have 11 bits, or 29 with bit 31 set`,
          severity: rateUnreachable(id, findings),
        },
  );
}

function sayFlag(id: NumberWord, { name }: WrittenMessage, findings: Findings): void {
  findings.add('id-bit-31', id, undefined, () => ({
    message: `Id ${showId(id.value)} of ${showName(name)} has bit 31 set: opendbc compares it with the id of a frame as a whole, and finds no frame; write ${String(id.value - BIT_31)} for opendbc, and leave it for all others`,
  }));
}

/** What no id can be is wrong for everybody, but cantools looks at 32 bits only. */
function rateUnreachable(id: NumberWord, { profile }: Findings): Severity {
  if (profile !== 'cantools') return 'error';
  const bits = readLowBits(id);
  if (bits === undefined) return 'error';
  const rest = bits >= BIT_31 ? bits - BIT_31 : bits;
  return rest > (bits >= BIT_31 ? MAX_EXTENDED : MAX_STANDARD) ? 'error' : 'warning';
}

/** Reads the lowest 32 bits of an integer of any size; undefined where it is none. */
function readLowBits({ text }: NumberWord): number | undefined {
  if (!/^[+-]?\d{1,1000}$/.test(text)) return undefined;
  return Number(BigInt.asUintN(32, BigInt(text.startsWith('+') ? text.slice(1) : text)));
}

/** Sets bit 31 wherever an id is named, unless there is such a message already. */
function setBit31(subject: LintSubject, id: number): DiagnosticFix | undefined {
  if (subject.messageById.has(id + BIT_31)) return undefined;
  const edits = listIds(subject, id).map(({ start, end }): TextEdit => ({
    start,
    end,
    text: String(id + BIT_31),
  }));
  return { title: `Set bit 31 of the id: ${String(id + BIT_31)}`, edits };
}

function checkRepeated(
  message: WrittenMessage,
  { firstById, findings }: { readonly firstById: Map<number, WrittenMessage>; readonly findings: Findings },
): void {
  const { id, idValue } = message;
  const first = firstById.get(idValue);
  if (first === undefined) {
    firstById.set(idValue, message);
    return;
  }
  findings.add('dup-id', id ?? message.statement, undefined, () => ({
    message: `Id ${showId(idValue)} of ${showName(message.name)} is that of ${showName(first.name)}, too: frames are read as the last of them`,
    related: [relate(first.id ?? first.statement, showMessage(first))],
  }));
}

function checkSize(message: WrittenMessage, findings: Findings): void {
  const { sizeValue } = message;
  if (isCount(sizeValue) && (sizeValue <= 8 || FD_SIZES.includes(sizeValue))) return;
  const isPossible = isCount(sizeValue) && sizeValue <= MAX_J1939_SIZE;
  if (!isPossible || !isTransported(message)) saySize(message, findings);
}

/** Whether the transport protocol of J1939 may put a message together. */
function isTransported({ message }: WrittenMessage): boolean {
  return message?.isJ1939 === true;
}

function saySize({ size, name }: WrittenMessage, findings: Findings): void {
  if (size === undefined) return;
  findings.add('dlc', size, undefined, () => ({
    message: `${showName(name)} has ${quote(size.text)} bytes: frames have 0 to 8, 12, 16, 20, 24, 32, 48 or 64${size.value > 64 ? ', and opendbc drops longer ones' : ''}`,
  }));
}

/** The model takes whatever has more than 8 bytes as CAN FD; here counts whether an attribute says so. */
function checkFdAttributes({ database, messages }: LintSubject, findings: Findings): void {
  if (findings.profile === 'opendbc' || !messages.some(isFdSize)) return;
  if (isFdBus(database.attributes.get('BusType'))) return;
  const definition = database.attributeDefinitions.find(({ name }) => name === 'VFrameFormat');
  for (const message of messages) {
    const format = message.message?.attributes.get('VFrameFormat') ?? definition?.defaultValue;
    if (isTransported(message) || !isFdSize(message) || isFdFormat(format)) continue;
    findings.add('fd-attribute', message.size ?? message.statement, undefined, () => ({
      message: `${showName(message.name)} has ${count(message.sizeValue, 'byte')}, but neither VFrameFormat nor BusType says that it is CAN FD`,
    }));
  }
}

function isFdSize({ sizeValue }: WrittenMessage): boolean {
  return FD_SIZES.includes(sizeValue);
}

function isFdBus(busType: number | string | undefined): boolean {
  return typeof busType === 'string' && /FD/i.test(busType);
}

function isFdFormat(format: number | string | undefined): boolean {
  return typeof format === 'number' ? format >= 14 : format?.endsWith('_FD') === true;
}
