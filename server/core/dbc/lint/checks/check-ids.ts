import type { MessageStatement, NumberWord, TextEdit } from '../../syntax/syntax-tree.ts';
import type { DiagnosticFix, Severity } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import { listIds } from '../id-words.ts';
import type { LintSubject, WrittenMessage } from '../lint-subject.ts';
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
  const isTransported = knowTransported(subject);
  for (const message of subject.messages) {
    const { id, size } = message.statement;
    if (message.isPseudo) sayPseudo(message, findings);
    if (id === undefined || !Number.isFinite(id.value)) continue;
    if (!message.isPseudo) checkRange(id, message.statement, { subject, findings });
    checkRepeated(id, message, { firstById, findings });
    if (size !== undefined && size.value > 8) checkSize(size, message, { isTransported, findings });
    else if (size !== undefined && !isCount(size.value)) saySize(size, message, findings);
  }
  checkFdAttributes(subject, findings);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function sayPseudo({ statement }: WrittenMessage, findings: Findings): void {
  findings.add('pseudo-message', statement.name ?? statement.keyword, undefined, () => ({
    message:
      'VECTOR__INDEPENDENT_SIG_MSG holds signals that belong to no message; opendbc reads it as a message',
  }));
}

function checkRange(
  id: NumberWord,
  statement: MessageStatement,
  { subject, findings }: { readonly subject: LintSubject; readonly findings: Findings },
): void {
  const { value } = id;
  if (value >= 0 && value <= MAX_STANDARD && Number.isInteger(value)) return;
  if (value >= BIT_31 && value <= BIT_31 + MAX_EXTENDED) {
    sayFlag(id, statement, findings);
    return;
  }
  findings.add('id-range', id, undefined, () =>
    value > MAX_STANDARD && value <= MAX_EXTENDED && Number.isInteger(value)
      ? {
          message: `Id ${showId(value)} of ${showName(statement.name)} needs 29 bits, but bit 31, which says so, is not set: cantools and Vector's tools refuse it; opendbc finds frames of 29 bits by the number as it is`,
          fix: findings.profile === 'opendbc' ? undefined : setBit31(subject, value),
        }
      : {
          message: `Id ${quote(id.text)} of ${showName(statement.name)} is in no frame: ids have 11 bits, or 29 with bit 31 set`,
          severity: rateUnreachable(id, findings),
        },
  );
}

function sayFlag(id: NumberWord, { name }: MessageStatement, findings: Findings): void {
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
  const edits = listIds(subject)(id).map(({ start, end }): TextEdit => ({
    start,
    end,
    text: String(id + BIT_31),
  }));
  return { title: `Set bit 31 of the id: ${String(id + BIT_31)}`, edits };
}

function checkRepeated(
  id: NumberWord,
  message: WrittenMessage,
  { firstById, findings }: { readonly firstById: Map<number, WrittenMessage>; readonly findings: Findings },
): void {
  const first = firstById.get(id.value);
  if (first === undefined) {
    firstById.set(id.value, message);
    return;
  }
  findings.add('dup-id', id, undefined, () => ({
    message: `Id ${showId(id.value)} of ${showName(message.statement.name)} is that of ${showName(first.statement.name)}, too: frames are read as the last of them`,
    related: [relate(first.statement.id ?? first.statement, `${showMessage(first)}`)],
  }));
}

function checkSize(
  size: NumberWord,
  message: WrittenMessage,
  { isTransported, findings }: { readonly isTransported: IsTransported; readonly findings: Findings },
): void {
  if (FD_SIZES.includes(size.value)) return;
  const isPossible = Number.isInteger(size.value) && size.value <= MAX_J1939_SIZE;
  if (!isPossible || !isTransported(message.statement)) saySize(size, message, findings);
}

/** Whether the transport protocol of J1939 may put a message together. */
type IsTransported = (statement: MessageStatement) => boolean;

/** Knows which messages are of J1939; the database is walked the first time only. */
function knowTransported({ database }: LintSubject): IsTransported {
  let known: ReadonlySet<MessageStatement> | undefined;
  return (statement) => {
    known ??= new Set(database.messages.filter(({ isJ1939 }) => isJ1939).map((message) => message.statement));
    return known.has(statement);
  };
}

function saySize(size: NumberWord, { statement }: WrittenMessage, findings: Findings): void {
  findings.add('dlc', size, undefined, () => ({
    message: `${showName(statement.name)} has ${quote(size.text)} bytes: frames have 0 to 8, 12, 16, 20, 24, 32, 48 or 64${size.value > 64 ? ', and opendbc drops longer ones' : ''}`,
  }));
}

/** The model takes whatever has more than 8 bytes as CAN FD; here counts whether an attribute says so. */
function checkFdAttributes({ database, messages }: LintSubject, findings: Findings): void {
  if (findings.profile === 'opendbc' || !messages.some(({ statement }) => isFdSize(statement))) return;
  if (isFdBus(database.attributes.get('BusType'))) return;
  const definition = database.attributeDefinitions.find(({ name }) => name === 'VFrameFormat');
  for (const { statement, attributes, isJ1939: isTransported } of database.messages) {
    const format = attributes.get('VFrameFormat') ?? definition?.defaultValue;
    if (isTransported || !isFdSize(statement) || isFdFormat(format)) continue;
    findings.add('fd-attribute', statement.size ?? statement, undefined, () => ({
      message: `${showName(statement.name)} has ${count(statement.size?.value ?? 0, 'byte')}, but neither VFrameFormat nor BusType says that it is CAN FD`,
    }));
  }
}

function isFdSize({ size }: MessageStatement): boolean {
  return size !== undefined && FD_SIZES.includes(size.value);
}

function isFdBus(busType: number | string | undefined): boolean {
  return typeof busType === 'string' && /FD/i.test(busType);
}

function isFdFormat(format: number | string | undefined): boolean {
  return typeof format === 'number' ? format >= 14 : format?.endsWith('_FD') === true;
}
