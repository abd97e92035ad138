import { type ChecksumBrand, findBrand } from '../../checksums/checksum-brand.ts';
import type { DatabaseSignal } from '../../model/database.ts';
import type { SignalStatement } from '../../syntax/syntax-tree.ts';
import { CHECKSUM_PLACES, COUNTER_PLACES, type FieldPlace } from '../brand-places.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';
import type { WrittenMessage } from '../written-messages.ts';
import type { WrittenComment } from '../written-statements.ts';
import { readBits, toNetworkBit } from '../signal-bits.ts';
import { count, quote, showBit, showName } from '../wording.ts';

const PLACEHOLDER = 'NEW_SIGNAL_';
/** Letters of `CHECK_SUM`, `rolling_counter` and the like. */
const LONGEST_ALIAS = 15;

/** Checks what is usual in opendbc. */
export function checkConventions(subject: LintSubject, findings: Findings): void {
  checkPlaceholders(subject, findings);
  if (findings.profile !== 'opendbc') return;
  for (const comment of subject.comments)
    if (comment.object.scope === 'network') checkImport(comment, subject, findings);
  const brand = findBrand(subject.fileName);
  if (brand === undefined) return;
  for (const message of subject.messages) checkProtection(message, brand, findings);
}

function checkPlaceholders({ messages }: LintSubject, findings: Findings): void {
  for (const message of messages)
    for (const { shortName, statement } of message.signals)
      if (shortName.startsWith(PLACEHOLDER))
        findings.add('placeholder-name', statement.name ?? statement, message, () => ({
          message: `${shortName} still has the name that an editor gave it`,
        }));
}

/** opendbc's generator looks for the statement letter by letter. */
function checkImport({ text, statement }: WrittenComment, { tree }: LintSubject, findings: Findings): void {
  const { start, end } = statement;
  const file = /^\s*import\b[\s:]*([\w./-]+)\s*$/i.exec(text?.text ?? '')?.[1];
  if (text === undefined || file === undefined) return;
  const expected = `CM_ "IMPORT ${file}";`;
  if (tree.text.slice(start, end) === expected) return;
  findings.add('import-form', { start, end }, undefined, () => ({
    message: `This looks like an import of ${quote(file)}, but opendbc's generator only takes CM_ "IMPORT file.dbc";`,
    fix: { title: `Write ${expected}`, edits: [{ start, end, text: expected }] },
  }));
}

function checkProtection(message: WrittenMessage, brand: ChecksumBrand, findings: Findings): void {
  for (const signal of message.signals) {
    const { shortName } = signal;
    if (shortName === 'CHECKSUM') checkPlace(signal, CHECKSUM_PLACES[brand], { message, findings });
    else if (shortName === 'COUNTER') checkPlace(signal, COUNTER_PLACES[brand], { message, findings });
    else if (shortName.length <= LONGEST_ALIAS) checkAlias(signal, brand, { message, findings });
  }
}

function checkAlias(
  { shortName, statement }: DatabaseSignal,
  brand: ChecksumBrand,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  if (brand === 'TESLA' && /(?:Checksum|Counter)$/.test(shortName)) return;
  const meant = /^(?:check_?sum|chk_?sum|crc_?8?|crc16)$/i.test(shortName)
    ? 'CHECKSUM'
    : /^(?:alive_?|rolling_?)?counter$/i.test(shortName)
      ? 'COUNTER'
      : undefined;
  if (meant === undefined || message.signalByName.has(meant)) return;
  findings.add('protection-name', statement.name ?? statement, message, () => ({
    message: `${shortName} seems to be the ${meant.toLowerCase()} of ${showName(message.name)}: in files of this name opendbc knows it only as ${meant}`,
  }));
}

function checkPlace(
  signal: DatabaseSignal,
  place: FieldPlace | undefined,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  const bits = readBits(signal, findings.profile);
  if (bits === undefined || place === undefined) return;
  const size = message.sizeValue;
  const byte = Math.floor(bits.startBit / 8);
  const isInPlace =
    (place.length === undefined || place.length === bits.length) &&
    (place.bit === undefined || place.bit === bits.startBit % 8) &&
    (place.isLittleEndian === undefined ||
      isInOneByte(bits) ||
      place.isLittleEndian === bits.isLittleEndian) &&
    (place.byte === undefined || place.byte === (place.byte < 0 ? byte - size : byte));
  if (!isInPlace) sayPlace(signal.statement, place, { message, findings });
}

function isInOneByte({
  startBit,
  length,
  isLittleEndian,
}: NonNullable<ReturnType<typeof readBits>>): boolean {
  return (isLittleEndian ? startBit : toNetworkBit(startBit)) % 8 === 0 && length === 8;
}

function sayPlace(
  signal: SignalStatement,
  place: FieldPlace,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  const isChecksum = signal.name?.text === 'CHECKSUM';
  const range = { start: signal.startBit?.start ?? signal.start, end: signal.length?.end ?? signal.end };
  findings.add(isChecksum ? 'checksum-layout' : 'counter-layout', range, message, () => ({
    message: `${showName(signal.name)} of ${showName(message.name)} has ${count(signal.length?.value ?? 0, 'bit')} from ${showBit(signal.startBit?.value ?? 0)}; in files of this name it ${describePlace(place)}`,
  }));
}

function describePlace({ length, bit, byte }: FieldPlace): string {
  const parts = [
    length === undefined ? undefined : `has ${count(length, 'bit')}`,
    bit === undefined ? undefined : `begins at bit ${String(bit)} of a byte (0 is the least significant)`,
    byte === undefined ? undefined : `lies in ${byte < 0 ? 'the last byte' : `byte ${String(byte)}`}`,
  ];
  return parts.filter((part) => part !== undefined).join(', and ');
}
