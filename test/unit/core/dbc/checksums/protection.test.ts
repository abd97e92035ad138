import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChecksumBrand } from '../../../../../server/core/dbc/checksums/checksum-brand.ts';
import {
  findProtection,
  findProtectionAs,
  type Protection,
} from '../../../../../server/core/dbc/checksums/protection.ts';
import { writeProtection } from '../../../../../server/core/dbc/checksums/write-protection.ts';
import type { DatabaseSignal } from '../../../../../server/core/dbc/model/database.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';

const first = makeSignal('CHECKSUM', { startBit: 0, length: 8 });
const last = makeSignal('CHECKSUM', { startBit: 56, length: 8 });

/** Where each brand has its checksum in 8 bytes. */
const PLACES: Readonly<Record<ChecksumBrand, DatabaseSignal>> = {
  HONDA: makeSignal('CHECKSUM', { startBit: 59, length: 4, byteOrder: 'big-endian' }),
  TOYOTA: last,
  HKG_CAN_FD: makeSignal('CHECKSUM', { startBit: 0, length: 16 }),
  VOLKSWAGEN_MEB_2024: first,
  VOLKSWAGEN_MQB_MEB: first,
  VOLKSWAGEN_MLB: first,
  XOR: makeSignal('CHECKSUM', { startBit: 24, length: 8 }),
  SUBARU: first,
  SUBARU_PREGLOBAL: makeSignal('CHECKSUM', { startBit: 32, length: 8 }),
  CHRYSLER: last,
  FCA_GIORGIO: last,
  BODY: last,
  TESLA: makeSignal('DI_speedChecksum', { startBit: 40, length: 8 }),
  PSA: makeSignal('CHECKSUM', { startBit: 15, length: 4, byteOrder: 'big-endian' }),
};

function protect(brand: ChecksumBrand): Protection {
  const protection = findProtectionAs(brand, makeMessage('M', [PLACES[brand]]));
  if (protection === undefined) throw new Error(brand);
  return protection;
}

function isRight(protection: Protection, arbitrationId: number, payload: Uint8Array): boolean {
  const copy = payload.slice();
  writeProtection(protection, copy, { arbitrationId });
  return Buffer.compare(copy, payload) === 0;
}

const brands = Object.keys(PLACES) as ChecksumBrand[];
const payloads = fc.uint8Array({ minLength: 8, maxLength: 8 });
/** Of messages that have no constants of their own, so that no two of them may stand for each other. */
const ids = fc.oneof(fc.integer({ min: 0x400, max: 0x64f }), fc.integer({ min: 0x800, max: 0x1fff_ffff }));

describe('protection of messages', () => {
  it.each(brands)('%s: what is written is right, and any changed bit makes it wrong', (brand) => {
    const protection = protect(brand);
    fc.assert(
      fc.property(ids, payloads, fc.nat({ max: 63 }), (arbitrationId, payload, bit) => {
        writeProtection(protection, payload, { arbitrationId });
        expect(isRight(protection, arbitrationId, payload)).toBe(true);
        const at = bit >> 3;
        payload[at] = (payload[at] ?? 0) ^ (1 << (bit & 7));
        expect(isRight(protection, arbitrationId, payload)).toBe(false);
      }),
    );
  });

  it('covers the id where the brand says so', () => {
    const sums = brands.map((brand) => {
      const { checksum } = protect(brand);
      const payload = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
      return [brand, checksum?.compute(0x123, payload) !== checksum?.compute(0x321 + 0x1000, payload)];
    });
    const covering = sums.filter(([, covers]) => covers).map(([brand]) => brand);
    expect(covering).toEqual(['HONDA', 'TOYOTA', 'HKG_CAN_FD', 'SUBARU', 'TESLA']);
  });

  it('of Volkswagen in 2024 may be that of a shorter span', () => {
    const message = makeMessage('M', [first], { arbitrationId: 0x139, size: 32 });
    const protection = findProtection(message, 'vw_meb_2024_generated');
    const payload = Uint8Array.from({ length: 32 }, (_, i) => i);
    const full = protection?.checksum?.compute(0x139, payload) ?? -1;
    const accepted = [...new Uint8Array(256).keys()].filter((value) => {
      payload[0] = value;
      return protection?.checksum?.compute(0x139, payload) === value;
    });
    expect(accepted).toHaveLength(2);
    expect(accepted).toContain(full);
    const older = findProtection(message, 'vw_meb_generated');
    expect(accepted.filter((value) => older?.checksum?.compute(0x139, payload) === value)).toHaveLength(1);
    // Bytes behind the shorter span do not count for it.
    const short = accepted.find((value) => value !== full) ?? -1;
    payload[0] = short;
    payload[30] = 0xff;
    expect(protection?.checksum?.compute(0x139, payload)).toBe(short);
  });

  it('goes by exact names, and by endings for Tesla', () => {
    const named = (name: string, fileName: string): Protection | undefined =>
      findProtection(makeMessage('M', [makeSignal(name, { startBit: 0, length: 8 })]), fileName);
    expect(named('CHECKSUM', 'toyota_x')?.checksum?.signal.name).toBe('CHECKSUM');
    expect(named('COUNTER', 'toyota_x')?.counter?.signal.name).toBe('COUNTER');
    expect(named('Checksum', 'toyota_x')).toBeUndefined();
    expect(named('MY_CHECKSUM', 'toyota_x')).toBeUndefined();
    expect(named('CHECKSUM', 'some_car')).toBeUndefined();
    expect(named('aChecksum', 'tesla_model3_party')?.checksum?.signal.name).toBe('aChecksum');
    expect(named('aCounter', 'tesla_model3_party')?.counter?.signal.name).toBe('aCounter');
    expect(named('COUNTER', 'tesla_model3_party')?.counter?.signal.name).toBe('COUNTER');
  });

  it('is none in signals of more than 53 bits, nor in those that cannot be read', () => {
    const wide = [makeSignal('CHECKSUM', { startBit: 0, length: 64 })];
    expect(findProtection(makeMessage('M', wide), 'toyota_x')).toBeUndefined();
    const unread = [makeSignal('CHECKSUM', { startBit: 0, length: 8, isDecodable: false })];
    expect(findProtection(makeMessage('M', unread), 'toyota_x')).toBeUndefined();
  });

  it('survives multiplexors that select each other', () => {
    const parent = makeSignal('A', { startBit: 8, length: 4 });
    const one = makeSignal('COUNTER', {
      startBit: 0,
      length: 8,
      multiplexing: { isMultiplexor: true, parent, ranges: [[1, 2]] },
    });
    Object.assign(parent, { multiplexing: { isMultiplexor: true, parent: one, ranges: [[0, 255]] } });
    expect(findProtection(makeMessage('M', [one, parent]), 'toyota_x')?.counter?.selection).toHaveLength(1);
  });

  it('writes the counter modulo what it holds, then the checksum over it', () => {
    const counter = makeSignal('COUNTER', { startBit: 7, length: 4, byteOrder: 'big-endian' });
    const protection = findProtection(makeMessage('M', [counter, last]), 'toyota_x');
    const payload = new Uint8Array(8);
    if (protection) writeProtection(protection, payload, { arbitrationId: 0x10, counter: 0x1a });
    expect(payload).toEqual(Uint8Array.of(0xa0, 0, 0, 0, 0, 0, 0, 0xa0 + 8 + 0x10));
  });

  it('leaves alone what a payload is too short for', () => {
    const payload = Uint8Array.of(1, 2, 3);
    writeProtection(protect('TOYOTA'), payload, { arbitrationId: 1 });
    expect(payload).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.each(brands)('%s: is computed of payloads of any length', (brand) => {
    const { checksum } = protect(brand);
    for (let length = 0; length <= 64; length++)
      expect(checksum?.compute(0x25, new Uint8Array(length).fill(0x5a))).toSatisfy(
        (value: number) => Number.isInteger(value) && value >= 0 && value <= 0xffff,
      );
  });
});
