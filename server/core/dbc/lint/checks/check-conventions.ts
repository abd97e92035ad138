import { type ChecksumBrand, findBrand } from '../../checksums/checksum-brand.ts';
import type { DatabaseSignal } from '../../model/database.ts';
import type { SignalStatement } from '../../syntax/syntax-tree.ts';
import { CHECKSUM_PLACES, COUNTER_PLACES, type FieldPlace } from '../brand-places.ts';
import type { Findings } from '../findings.ts';
import type { CheckMessage, LintSubject } from '../lint-subject.ts';
import type { WrittenMessage } from '../written-messages.ts';
import type { WrittenComment } from '../written-statements.ts';
import { isLittleEndian, toNetworkBit, type WrittenBits } from '../signal-bits.ts';
import { count, quote, showBit, showName } from '../wording.ts';

const PLACEHOLDER = 'NEW_SIGNAL_';
const PLACEHOLDER_INITIAL = PLACEHOLDER.charCodeAt(0);
/** Letters of `CHECK_SUM`, `rolling_counter` and the like. */
const LONGEST_ALIAS = 15;
/** How such names begin: nearly all names of signals are done with here. */
const ALIAS_INITIALS: ReadonlySet<number> = new Set(Array.from('ACRacr', (letter) => letter.charCodeAt(0)));

/** Checks how imports are written. */
export function checkImports(subject: LintSubject, findings: Findings): void {
  if (findings.profile !== 'opendbc') return;
  for (const comment of subject.comments)
    if (comment.scope === 'network') checkImport(comment, subject, findings);
}

/** Checks which signals still have the name that an editor gave them. */
export function beginPlaceholders(_: LintSubject, findings: Findings): CheckMessage {
  return ({ message }) => {
    for (const { shortName, statement } of message.signals)
      if (shortName.charCodeAt(0) === PLACEHOLDER_INITIAL && shortName.startsWith(PLACEHOLDER))
        findings.add('placeholder-name', statement.name ?? statement, message, () => ({
          message: `${shortName} still has the name that an editor gave it`,
        }));
  };
}

/** Checks checksums and counters, in files of a brand that has them. */
export function beginProtection({ fileName }: LintSubject, findings: Findings): CheckMessage {
  const brand = findings.profile === 'opendbc' ? findBrand(fileName) : undefined;
  return ({ message, bits }) => {
    if (brand !== undefined) checkProtection(message, bits, { brand, findings });
  };
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

function checkProtection(
  message: WrittenMessage,
  bits: readonly (WrittenBits | undefined)[],
  { brand, findings }: { readonly brand: ChecksumBrand; readonly findings: Findings },
): void {
  const { signals } = message;
  for (let index = 0; index < signals.length; index++) {
    const signal = signals[index]!;
    const own = bits[index];
    const { shortName } = signal;
    if (shortName.length > LONGEST_ALIAS || !ALIAS_INITIALS.has(shortName.charCodeAt(0))) continue;
    if (shortName !== 'CHECKSUM' && shortName !== 'COUNTER') checkAlias(signal, brand, { message, findings });
    else if (own !== undefined) {
      const place = (shortName === 'CHECKSUM' ? CHECKSUM_PLACES : COUNTER_PLACES)[brand];
      if (place !== undefined && !isInPlace(own, place, message.sizeValue))
        sayPlace(signal.statement, place, { message, findings });
    }
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
  if (meant === undefined || message.findSignal(meant) !== undefined) return;
  findings.add('protection-name', statement.name ?? statement, message, () => ({
    message: `${shortName} seems to be the ${meant.toLowerCase()} of ${showName(message.name)}: in files of this name opendbc knows it only as ${meant}`,
  }));
}

function isInPlace(bits: WrittenBits, place: FieldPlace, size: number): boolean {
  const byte = Math.floor(bits.startBit / 8);
  return (
    (place.length === undefined || place.length === bits.length) &&
    (place.byte === undefined || place.byte === (place.byte < 0 ? byte - size : byte)) &&
    (isInOneByte(bits) ||
      ((place.bit === undefined || place.bit === bits.startBit % 8) &&
        (place.isLittleEndian === undefined || place.isLittleEndian === isLittleEndian(bits))))
  );
}

/** A whole byte is the same in either order, from whichever end it is counted. */
function isInOneByte(bits: WrittenBits): boolean {
  const { startBit, length } = bits;
  return (isLittleEndian(bits) ? startBit : toNetworkBit(startBit)) % 8 === 0 && length === 8;
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
