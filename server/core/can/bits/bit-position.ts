import { CtsError } from '#protocol';
import { readAddress } from '../address-text.ts';

/** CAN FD carries at most 64 bytes. */
export const MAX_BITS = 512;

/** How much of a text an error repeats. */
const MAX_QUOTED = 60;

/** A bit of a payload in every numbering that is in use, so that none has to be guessed. */
export interface BitPosition {
  /** `8 * byte + lsb`: bit 0 is the least significant bit of byte 0. DBC files count so. */
  readonly global: number;
  readonly byte: number;
  /** 0 is the least significant bit of the byte. */
  readonly lsb: number;
  /** 0 is the most significant bit of the byte: `7 - lsb`. */
  readonly msb: number;
  /** `Byte5 bit3 (LSB)` */
  readonly lsbLabel: string;
  /** `MSB B5b4` */
  readonly msbLabel: string;
  /** `B5b4` */
  readonly shortMsb: string;
}

/** Names a bit by its global index. */
export function describeBit(global: number): BitPosition {
  const byte = Math.floor(global / 8);
  const lsb = global % 8;
  const msb = 7 - lsb;
  const shortMsb = `B${String(byte)}b${String(msb)}`;
  const lsbLabel = `Byte${String(byte)} bit${String(lsb)} (LSB)`;
  return { global, byte, lsb, msb, lsbLabel, msbLabel: `MSB ${shortMsb}`, shortMsb };
}

/** A bit of a message that someone named. */
export interface BitWatch {
  readonly arbitrationId: number;
  /** Undefined stands for every bus that carries the message. */
  readonly bus: number | undefined;
  /** Global index, see `BitPosition`. */
  readonly bit: number;
}

/** A way to write a bit, and its global index. */
type BitForm = readonly [form: RegExp, toGlobal: (a: number, b: number) => number];

/** How a bit may be named; every label that CTS writes is among them. `63 - n` is comma-tools' way to read `MSB Bn`. */
const BIT_FORMS: readonly BitForm[] = [
  [/^(?:MSB )?B(\d+)b([0-7])(?: \(MSB\))?$/, (byte, msb) => 8 * byte + 7 - msb],
  [/^B(\d+)\.([0-7])$/, (byte, lsb) => 8 * byte + lsb],
  [/^Byte(\d+) bit([0-7])(?: \(LSB\))?$/, (byte, lsb) => 8 * byte + lsb],
  [/^(\d+)$/, (global) => global],
  [/^MSB B(\d+)$/, (index) => 63 - index],
];
/** Selectors of comma-tools count so; its watches know no such form. */
const SELECTOR_FORMS: readonly BitForm[] = [...BIT_FORMS, [/^b(\d+)$/, (global) => global]];

/**
 * Reads the name of a bit of a message: an address, a colon and the bit. These name the same bit: `0x027:B4b5` (byte, bit
 * from its most significant one), `0x027:B4.2` (byte, bit from its least significant one), `0x027:34` (global index),
 * `0x027:MSB B29` (63 less the global index). A bus may stand in front: `0:0x027:B4b5`.
 *
 * @throws {CtsError} INVALID_PARAMETER, with the text, what is wrong with it, and the forms.
 */
export function parseWatch(text: string): BitWatch {
  return parseBit(text, BIT_FORMS);
}

/**
 * Reads the name of a bit of a message as `parseWatch` does, and `0x027:b34` (global index) besides.
 *
 * @throws {CtsError} INVALID_PARAMETER, with the text, what is wrong with it, and the forms.
 */
export function parseBitSelector(text: string): BitWatch {
  return parseBit(text, SELECTOR_FORMS);
}

function parseBit(text: string, forms: readonly BitForm[]): BitWatch {
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length < 2 || parts.length > 3) throw refuse(text, 'an address, ":" and a bit are expected');
  const [bitText = '', addressText = '', busText] = parts.reverse();
  const arbitrationId = readAddress(addressText);
  if (arbitrationId === undefined) throw refuse(text, `"${addressText}" is no CAN address`);
  const bus = busText === undefined ? undefined : readBus(busText);
  if (Number.isNaN(bus))
    throw refuse(text, `"${String(busText)}" is no bus, which is a number from 0 to 255`);
  return { arbitrationId, bus, bit: readBit(bitText, text, forms) };
}

function readBus(text: string): number {
  const bus = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
  return bus <= 255 ? bus : NaN;
}

function readBit(bitText: string, text: string, forms: readonly BitForm[]): number {
  const beyond = /^(?:MSB )?B\d+b(\d+)$/.exec(bitText)?.[1];
  if (Number(beyond) > 7) throw refuse(text, `byte bits go from 0 to 7, not to ${String(beyond)}`);
  for (const [form, toGlobal] of forms) {
    const [, first, second] = form.exec(bitText) ?? [];
    if (first === undefined) continue;
    const global = toGlobal(Number(first), Number(second));
    if (global >= 0 && global < MAX_BITS) return global;
    throw refuse(text, `bit ${String(global)} is in no payload: bits go from 0 to ${String(MAX_BITS - 1)}`);
  }
  const index = /^b(\d+)$/.exec(bitText)?.[1];
  if (index !== undefined) throw refuse(text, `"${bitText}" may count from either end: is it ${index}?`);
  throw refuse(text, `"${bitText}" names no bit`);
}

function refuse(text: string, reason: string): CtsError {
  const shown = text.slice(0, MAX_QUOTED);
  return new CtsError('INVALID_PARAMETER', `Cannot watch "${shown}": ${reason.slice(0, 2 * MAX_QUOTED)}`, {
    details: { watch: shown },
    actions: [
      'Name a bit as 0x027:B4b5 (byte 4, bit 5 from the most significant), 0x027:B4.2 (byte 4, bit 2 from the least ' +
        'significant), 0x027:34 (global index) or 0x027:MSB B29 (63 less the global index); a bus may stand in front, ' +
        'as in 0:0x027:B4b5.',
    ],
  });
}
