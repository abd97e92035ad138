import { formatAddress } from '../../core/can/address-text.ts';
import type { Candidate } from '../../core/field-search/candidate-fit.ts';
import { areOverlapping, type FieldPlace, lengthOf } from '../../core/field-search/field-place.ts';
import type { Reference } from '../../core/field-search/reference.ts';
import { formatNumber, nameField } from './candidate-words.ts';
import { WEAK } from './search-lead.ts';
import type { SearchFindings } from './signal-search.ts';

/** Candidates that explain so much less than the best are left out. */
const WORTH = 0.5;
const MOST_SIGNALS = 30;
/** Ids of extended frames have this bit set in DBC; source: the DBC format of Vector, "Message Definitions". */
const EXTENDED = 0x8000_0000;
/** DBC allows 32 characters. */
const MOST_CHARACTERS = 32;

/** A signal that becomes a line of DBC. */
interface DbcSignal {
  readonly name: string;
  readonly field: FieldPlace;
  readonly factor: number;
  readonly offset: number;
  readonly comment: string;
}

interface DbcMessage {
  readonly arbitrationId: number;
  readonly bus: number;
  readonly byteLength: number;
  readonly signals: DbcSignal[];
}

/**
 * Writes the best candidates as a DBC file. DBC knows no buses: where two of them carry the same id, it has the better.
 */
export function formatDbc(findings: SearchFindings): string {
  const messages = collectMessages(findings);
  const unit = toDbcUnit(findings.reference.unit);
  const parts = [
    'VERSION ""',
    'NS_ :',
    'BS_:',
    'BU_: XXX',
    ...messages.map((message) => formatMessage(message, unit)),
    messages.length === 0 ? formatNothing(findings) : messages.flatMap(formatComments).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The `BO_` and `SG_` lines alone, to be copied. */
export function formatDbcLines(findings: SearchFindings): string {
  const unit = toDbcUnit(findings.reference.unit);
  const messages = collectMessages(findings);
  if (messages.length === 0) return formatNothing(findings);
  return messages.map((message) => formatMessage(message, unit)).join('\n\n');
}

function formatNothing({ reference }: SearchFindings): string {
  return `CM_ "Nothing explains ${reference.name} well enough to be a signal";`;
}

/** Readers of DBC do not agree on how other signs than ASCII are encoded. */
function toDbcUnit(unit = ''): string {
  const plain = unit.replaceAll('°', 'deg').replaceAll('²', '^2').replaceAll('³', '^3').replaceAll('µ', 'u');
  return plain.replaceAll(/[^ !#-[\]-~]/g, '');
}

function collectMessages({ candidates, reference }: SearchFindings): readonly DbcMessage[] {
  const messages = new Map<number, DbcMessage>();
  const names = new SignalNames(reference.name);
  const least = Math.max(WEAK, WORTH * (candidates[0]?.score ?? 0));
  for (const candidate of candidates.slice(0, MOST_SIGNALS)) {
    const { arbitrationId, bus, byteLength } = candidate.message;
    if (candidate.score < least) break;
    const message = messages.get(arbitrationId) ?? { arbitrationId, bus, byteLength, signals: [] };
    if (message.bus !== bus) continue;
    messages.set(arbitrationId, message);
    for (const signal of listSignals(candidate, { names, reference })) addSignal(message, signal);
  }
  return [...messages.values()];
}

interface NamedReference {
  readonly names: SignalNames;
  readonly reference: Reference;
}

function scaleBit(
  { values }: Reference,
  isInverted: boolean,
): { readonly factor: number; readonly offset: number } {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return isInverted ? { factor: low - high, offset: high } : { factor: high - low, offset: low };
}

/** A signal that shares bits with one that is there already is the same thing, or would not be valid beside it. */
function addSignal(message: DbcMessage, signal: DbcSignal): void {
  if (!message.signals.some(({ field }) => areOverlapping(field, signal.field, message.byteLength)))
    message.signals.push(signal);
}

function listSignals(candidate: Candidate, { names, reference }: NamedReference): readonly DbcSignal[] {
  const { field, factor, offset, joint, message } = candidate;
  const bus = `bus ${String(message.bus)}`;
  const comment = `${bus}, score ${candidate.score.toFixed(3)}, r ${candidate.r.toFixed(4)}, ${nameLag(candidate)}`;
  // What is on or off has two values, however often the bit and the reference differ.
  const scale = reference.isBinary ? scaleBit(reference, factor < 0) : { factor, offset };
  if (reference.isBinary && field.low === field.high)
    return [{ name: names.take(), field, ...scale, comment }];
  if (!candidate.isSplit) return [{ name: names.take(), field, factor, offset, comment }];
  // Parts of one number count as they add up, not as each fits alone.
  return joint.fields.map((part, i) => ({
    name: names.take(i === 0 ? '' : 'PART'),
    field: part.field,
    factor: part.factor,
    offset: i === 0 ? joint.offset : 0,
    comment:
      i === 0 ? `${comment}; the parts add up` : `${bus}, part of ${nameField(field, message.byteLength)}`,
  }));
}

function nameLag({ lag }: Candidate): string {
  return `lag ${lag.toFixed(2)} s`;
}

function formatMessage({ arbitrationId, byteLength, signals }: DbcMessage, unit: string): string {
  const head = `BO_ ${String(toDbcId(arbitrationId))} MSG_${formatAddress(arbitrationId).slice(2)}: ${String(byteLength)} XXX`;
  return [head, ...signals.map((signal) => formatSignal(signal, byteLength, unit))].join('\n');
}

function formatSignal({ name, field, factor, offset }: DbcSignal, byteLength: number, unit: string): string {
  const [low, high] = findRange(field);
  const [from, to] = [low * factor + offset, high * factor + offset].sort((a, b) => a - b);
  const line = `(${formatNumber(factor)},${formatNumber(offset)}) [${formatNumber(from ?? 0)}|${formatNumber(to ?? 0)}]`;
  return ` SG_ ${name} : ${nameField(field, byteLength)} ${line} "${unit}" XXX`;
}

function findRange(field: FieldPlace): readonly [number, number] {
  const range = 2 ** lengthOf(field);
  return field.isSigned ? [-range / 2, range / 2 - 1] : [0, range - 1];
}

function formatComments({ arbitrationId, signals }: DbcMessage): readonly string[] {
  return signals.map(
    ({ name, comment }) => `CM_ SG_ ${String(toDbcId(arbitrationId))} ${name} "${comment}";`,
  );
}

function toDbcId(arbitrationId: number): number {
  return arbitrationId > 0x7ff ? EXTENDED + (arbitrationId & 0x1fff_ffff) : arbitrationId;
}

/** Names made of the reference's, each once. */
class SignalNames {
  readonly #base: string;
  #count = 0;

  constructor(reference: string) {
    const words = reference.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').replaceAll(/\W+/g, '_');
    const base = words.toUpperCase().replace(/^_+|_+$/g, '');
    this.#base = /^[A-Z]/.test(base) ? base : `SIGNAL_${base}`;
  }

  take(suffix = ''): string {
    this.#count++;
    const end = [this.#count > 1 ? String(this.#count) : '', suffix].filter((part) => part !== '').join('_');
    if (end === '') return this.#base.slice(0, MOST_CHARACTERS);
    return `${this.#base.slice(0, MOST_CHARACTERS - end.length - 1).replace(/_+$/, '')}_${end}`;
  }
}
