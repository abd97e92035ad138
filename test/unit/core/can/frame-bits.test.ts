import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameBitCounter } from '../../../../server/core/can/frame-bits.ts';

function measure(
  arbitrationId: number,
  payload: readonly number[],
): readonly [nominal: number, data: number] {
  const counter = new FrameBitCounter();
  // Neighbours of the payload must not count.
  const data = Uint8Array.from([0xff, ...payload, 0xff]);
  counter.measure({ arbitrationId, data, start: 1, end: data.length - 1 });
  return [counter.nominalBits, counter.dataBits];
}

/** The frame as a row of bits, as the standard draws it: slow, and nothing shared with what is tested. */
function spell(value: number, count: number): string {
  return value.toString(2).padStart(count, '0');
}

function spellBytes(payload: readonly number[]): string {
  return payload.map((byte) => spell(byte, 8)).join('');
}

function checksum(bits: string): string {
  let crc = 0;
  for (const bit of bits) {
    const carry = Number(bit) ^ (crc >> 14);
    crc = ((crc << 1) & 0x7fff) ^ (carry === 1 ? 0x4599 : 0);
  }
  return spell(crc, 15);
}

function stuff(bits: string): string {
  let sent = '';
  for (const bit of bits) {
    sent += bit;
    if (sent.endsWith('00000')) sent += '1';
    else if (sent.endsWith('11111')) sent += '0';
  }
  return sent;
}

function spellClassic(id: number, payload: readonly number[]): string {
  const head =
    id > 0x7ff ? `0${spell(id >>> 18, 11)}11${spell(id & 0x3ffff, 18)}000` : `0${spell(id, 11)}000`;
  const bits = `${head}${spell(payload.length, 4)}${spellBytes(payload)}`;
  return `${stuff(bits + checksum(bits))}${'1'.repeat(13)}`;
}

const classicFrame = fc.record({
  id: fc.oneof(fc.integer({ min: 0, max: 0x7ff }), fc.integer({ min: 0x800, max: 0x1fff_ffff })),
  payload: fc.array(fc.oneof(fc.constantFrom(0, 0xff), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
});

describe('bits of a frame', () => {
  it('counts the shortest and the fullest classic frame', () => {
    // Eight zeros from the id's last bit to the length; the second stuff bit is in the checksum.
    expect(measure(0x2aa, [])).toEqual([47 + 2, 0]);
    expect(measure(0, Array<number>(8).fill(0))).toEqual([
      spellClassic(0, Array<number>(8).fill(0)).length,
      0,
    ]);
  });

  it('counts what the standard draws, bit by bit', () => {
    fc.assert(
      fc.property(classicFrame, ({ id, payload }) => {
        expect(measure(id, payload)).toEqual([spellClassic(id, payload).length, 0]);
      }),
    );
  });

  it('never takes more stuff bits than one in four', () => {
    fc.assert(
      fc.property(classicFrame, ({ id, payload }) => {
        const length = 8 * payload.length + (id > 0x7ff ? 54 : 34);
        const [bits] = measure(id, payload);
        expect(bits - length - 13).toBeLessThanOrEqual(Math.floor((length - 1) / 4));
      }),
    );
  });

  it.each([
    // Payloads of alternating bits call for no stuff bits. 5 + data + 4 + 17 + 6 or 4 + 21 + 7 bits at the data rate.
    { length: 12, dataBits: 5 + 96 + 27 },
    { length: 16, dataBits: 5 + 128 + 27 },
    { length: 20, dataBits: 5 + 160 + 32 },
    { length: 64, dataBits: 5 + 512 + 32 },
  ])('counts CAN-FD frames of $length bytes in two phases', ({ length, dataBits }) => {
    // 0x2AA: 0 01010101010 0 0 1 0 1: SOF to BRS without a run of five.
    expect(measure(0x2aa, Array<number>(length).fill(0x55))).toEqual([17 + 13, dataBits]);
  });

  it('pads CAN-FD payloads to a length that the bus has', () => {
    const [, padded] = measure(0x2aa, Array<number>(9).fill(0x55));
    expect(padded).toBe(5 + 96 + 27);
  });

  it('counts the longer head of extended CAN-FD frames', () => {
    const [nominal] = measure(0x0aaa_aaaa, Array<number>(12).fill(0x55));
    expect(nominal).toBeGreaterThanOrEqual(36 + 13);
    expect(nominal).toBeLessThan(36 + 13 + 9);
  });

  it('replaces a stuff bit behind the data by the fixed one', () => {
    // The last five bits of the payload are equal: that stuff bit would stand where the fixed one does.
    const payload = [...Array<number>(11).fill(0x55), 0x5f];
    expect(measure(0x2aa, payload)[1]).toBe(5 + 96 + 27);
  });
});
