import type { DatabaseMessage, DatabaseSignal } from '../model/database.ts';
import { type ChecksumBrand, findBrand } from './checksum-brand.ts';
import { crcBody, crcChrysler, crcGiorgio, crcHyundai } from './crc-checksums.ts';
import { type FramePayload, locateField, type PayloadField, readField } from './payload-field.ts';
import {
  type ChecksumAlgorithm,
  sumHonda,
  sumPsa,
  sumSubaru,
  sumSubaruPreglobal,
  sumTesla,
  sumToyota,
  xorBytes,
} from './sum-checksums.ts';
import { checkVolkswagenMlb, crcVolkswagen, crcVolkswagen2024 } from './volkswagen-checksums.ts';

const ALGORITHMS: Readonly<Record<ChecksumBrand, ChecksumAlgorithm>> = {
  HONDA: sumHonda,
  TOYOTA: sumToyota,
  HKG_CAN_FD: crcHyundai,
  VOLKSWAGEN_MEB_2024: crcVolkswagen2024,
  VOLKSWAGEN_MQB_MEB: crcVolkswagen,
  VOLKSWAGEN_MLB: checkVolkswagenMlb,
  XOR: xorBytes,
  SUBARU: sumSubaru,
  SUBARU_PREGLOBAL: sumSubaruPreglobal,
  CHRYSLER: crcChrysler,
  FCA_GIORGIO: crcGiorgio,
  BODY: crcBody,
  TESLA: sumTesla,
  PSA: sumPsa,
};

/** A signal by which a receiver notices that a frame was damaged or lost. */
export interface ProtectingSignal {
  readonly signal: DatabaseSignal;
  readonly field: PayloadField;
  /** What multiplexors must be for it to be there; empty where it always is. */
  readonly selection: readonly SelectedBy[];
}

/** A multiplexor, and the raw values with which the signal is there. */
export interface SelectedBy {
  readonly field: PayloadField;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** The checksum of a message. */
export interface ProtectingChecksum extends ProtectingSignal {
  readonly algorithm: ChecksumAlgorithm;
  /** What the signal of such a frame should be, raw; what it is in `payload` does not matter. */
  compute(arbitrationId: number, payload: Uint8Array): number;
}

/** How a message is protected. */
export interface Protection {
  readonly brand: ChecksumBrand;
  readonly checksum?: ProtectingChecksum;
  /** Goes up by one from frame to frame, and begins again at 0 when its bits are full. */
  readonly counter?: ProtectingSignal;
}

/**
 * Finds how a message is protected, as opendbc does: in a database of a known brand, a signal called exactly `CHECKSUM`
 * and one called exactly `COUNTER`; in those of Tesla also names that end so. Signals that cannot be read, or have
 * more than 53 bits, are none.
 *
 * @param fileName Of the database; see `findBrand`.
 * @returns Undefined where nothing protects it.
 */
export function findProtection(message: DatabaseMessage, fileName: string): Protection | undefined {
  const brand = findBrand(fileName);
  return brand === undefined ? undefined : findProtectionAs(brand, message);
}

/** The same for a brand that is known otherwise. */
export function findProtectionAs(brand: ChecksumBrand, { signals }: DatabaseMessage): Protection | undefined {
  const checksum = locateNamed(signals, 'CHECKSUM', brand === 'TESLA' ? 'Checksum' : undefined);
  const counter = locateNamed(signals, 'COUNTER', brand === 'TESLA' ? 'Counter' : undefined);
  if (checksum === undefined && counter === undefined) return undefined;
  return {
    brand,
    ...(checksum && { checksum: createChecksum(checksum, ALGORITHMS[brand]) }),
    ...(counter && { counter }),
  };
}

function createChecksum(place: ProtectingSignal, algorithm: ChecksumAlgorithm): ProtectingChecksum {
  return {
    ...place,
    algorithm,
    compute: (arbitrationId, data) =>
      algorithm({ arbitrationId, data, start: 0, length: data.length }, place.field),
  };
}

function locateNamed(
  signals: readonly DatabaseSignal[],
  name: string,
  ending: string | undefined,
): ProtectingSignal | undefined {
  const signal =
    signals.findLast(({ shortName }) => shortName === name) ??
    (ending === undefined ? undefined : signals.find(({ shortName }) => shortName.endsWith(ending)));
  const field = signal?.isDecodable === true ? locateField(signal) : undefined;
  return signal && field && { signal, field, selection: listSelection(signal) };
}

/** Multiplexors that select each other in a circle are passed over once all have been seen. */
function listSelection(signal: DatabaseSignal): readonly SelectedBy[] {
  const selection: SelectedBy[] = [];
  const seen = new Set([signal]);
  for (let each = signal; each.multiplexing.parent !== undefined;) {
    const { parent, ranges } = each.multiplexing;
    if (seen.has(parent)) break;
    seen.add(parent);
    const field = locateField(parent);
    if (field !== undefined) selection.push({ field, ranges });
    each = parent;
  }
  return selection;
}

/** Whether the payload of a frame holds the signal, all of it. */
export function isInPayload({ field, selection }: ProtectingSignal, frame: FramePayload): boolean {
  return field.byteLength <= frame.length && (selection.length === 0 || isSelected(selection, frame));
}

function isSelected(selection: readonly SelectedBy[], frame: FramePayload): boolean {
  for (const { field, ranges } of selection) {
    if (field.byteLength > frame.length) return false;
    if (ranges.length > 0 && !isInRanges(readField(field, frame), ranges)) return false;
  }
  return true;
}

function isInRanges(raw: number, ranges: SelectedBy['ranges']): boolean {
  for (const [first, last] of ranges) if (raw >= first && raw <= last) return true;
  return false;
}
