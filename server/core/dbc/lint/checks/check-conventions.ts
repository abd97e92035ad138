import { type ChecksumBrand, findBrand } from '../../checksums/checksum-brand.ts';
import type { CommentStatement, SignalStatement } from '../../syntax/syntax-tree.ts';
import { CHECKSUM_PLACES, COUNTER_PLACES, type FieldPlace } from '../brand-places.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject, WrittenMessage } from '../lint-subject.ts';
import { readBits, toNetworkBit } from '../signal-bits.ts';
import { count, quote, showBit, showName } from '../wording.ts';

const PLACEHOLDER = 'NEW_SIGNAL_';

/** Checks what is usual in opendbc. */
export function checkConventions(subject: LintSubject, findings: Findings): void {
  checkPlaceholders(subject, findings);
  if (findings.profile !== 'opendbc') return;
  for (const statement of subject.statements.CM_)
    if (statement.object.scope === 'network') checkImport(statement, subject, findings);
  const brand = findBrand(subject.fileName);
  if (brand === undefined) return;
  for (const message of subject.messages) checkProtection(message, brand, findings);
}

function checkPlaceholders({ messages }: LintSubject, findings: Findings): void {
  for (const message of messages)
    for (const { name } of message.signals)
      if (name?.text.startsWith(PLACEHOLDER) === true)
        findings.add('placeholder-name', name, message, () => ({
          message: `${showName(name)} still has the name that an editor gave it`,
        }));
}

/** opendbc's generator looks for the statement letter by letter. */
function checkImport(
  { text, start, end }: CommentStatement,
  { tree }: LintSubject,
  findings: Findings,
): void {
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
    const { name } = signal;
    // Names of protecting signals have 3 to 11 letters or end in one of two words.
    if (name === undefined) continue;
    if (name.text === 'CHECKSUM') checkPlace(signal, CHECKSUM_PLACES[brand], { message, findings });
    else if (name.text === 'COUNTER') checkPlace(signal, COUNTER_PLACES[brand], { message, findings });
    else if (name.text.length <= 11) checkAlias(signal, brand, { message, findings });
  }
}

function checkAlias(
  { name }: SignalStatement,
  brand: ChecksumBrand,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  if (name === undefined || (brand === 'TESLA' && /(?:Checksum|Counter)$/.test(name.text))) return;
  const meant = /^(?:check_?sum|chk_?sum|crc_?8?|crc16)$/i.test(name.text)
    ? 'CHECKSUM'
    : /^(?:alive_?|rolling_?)?counter$/i.test(name.text)
      ? 'COUNTER'
      : undefined;
  if (meant === undefined || message.signalByName.has(meant)) return;
  findings.add('protection-name', name, message, () => ({
    message: `${showName(name)} seems to be the ${meant.toLowerCase()} of ${showName(message.statement.name)}: in files of this name opendbc knows it only as ${meant}`,
  }));
}

function checkPlace(
  signal: SignalStatement,
  place: FieldPlace | undefined,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  const bits = readBits(signal, findings.profile);
  if (bits === undefined || place === undefined) return;
  const size = message.statement.size?.value ?? 0;
  const byte = Math.floor(bits.startBit / 8);
  const isInPlace =
    (place.length === undefined || place.length === bits.length) &&
    (place.bit === undefined || place.bit === bits.startBit % 8) &&
    (place.isLittleEndian === undefined ||
      isInOneByte(bits) ||
      place.isLittleEndian === bits.isLittleEndian) &&
    (place.byte === undefined || place.byte === (place.byte < 0 ? byte - size : byte));
  if (!isInPlace) sayPlace(signal, place, { message, findings });
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
    message: `${showName(signal.name)} of ${showName(message.statement.name)} has ${count(signal.length?.value ?? 0, 'bit')} from ${showBit(signal.startBit?.value ?? 0)}; in files of this name it ${describePlace(place)}`,
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
