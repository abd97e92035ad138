import { describe, expect, it } from 'vitest';
import { CandumpLine } from '../../../../../server/core/can/csv/candump-line.ts';

const line = new CandumpLine();

/** What a line is, in short: time, interface, id, payload. */
function read(text: string): readonly (string | number)[] {
  const reason = line.read(text, 0, text.length);
  if (reason !== undefined) return ['unreadable', reason];
  const data = Buffer.from(line.bytes.subarray(0, line.byteLength)).toString('hex');
  const name = text.slice(line.nameStart, line.nameEnd);
  return [line.kind, line.seconds, name, line.arbitrationId, data];
}

describe('lines of candump', () => {
  it.each([
    ['(1436509052.249713) vcan0 044#2A366C2BBA', 1436509052.249713, 'vcan0', 0x44, '2a366c2bba'],
    ['(1436509052.249713) vcan0 044#2a.36.6c.2b', 1436509052.249713, 'vcan0', 0x44, '2a366c2b'],
    ['(1436509052.449847) can1 0F6# T', 1436509052.449847, 'can1', 0xf6, ''],
    ['(1436509052.449847) can1 0F6#11 R', 1436509052.449847, 'can1', 0xf6, '11'],
    ['(0.1) can1 00000123#1122', 0.1, 'can1', 0x123, '1122'],
    ['(0.000000) can1 1FFFFFFF#', 0, 'can1', 0x1fffffff, ''],
    ['(1.5) can0 123##1AABB', 1.5, 'can0', 0x123, 'aabb'],
    ['(1.5) can0 12345678##0.AA.BB', 1.5, 'can0', 0x12345678, 'aabb'],
    [`(1.5) can0 123##4${'5A'.repeat(64)}`, 1.5, 'can0', 0x123, '5a'.repeat(64)],
    ['(1.5) can0 123#1122334455667788_B', 1.5, 'can0', 0x123, '1122334455667788'],
    ['123#11', NaN, '', 0x123, '11'],
    ['can0 123#11', NaN, 'can0', 0x123, '11'],
    [' (1436509052.249713)  can0  123   [4]  11 22 33 44', 1436509052.249713, 'can0', 0x123, '11223344'],
    [' (000.001234)  can0  123   [2]  11 22', 0.001234, 'can0', 0x123, '1122'],
    [' (2015-07-10 06:17:32.249713)  can0  123   [1]  11', 1436509052.249713, 'can0', 0x123, '11'],
    [' (1972-02-29 00:00:00)  can0  123   [1]  11', 68169600, 'can0', 0x123, '11'],
    ['  can0  123   [0]', NaN, 'can0', 0x123, ''],
    ['  can0  12345678   [02]  11 22', NaN, 'can0', 0x12345678, '1122'],
    ["  can0  123   [4]  61 62 63 64               'abcd'", NaN, 'can0', 0x123, '61626364'],
    ['  can0  RX - -  123   [2]  11 22', NaN, 'can0', 0x123, '1122'],
    ['  can0  TX B E  123   [2]  11 22', NaN, 'can0', 0x123, '1122'],
    ['  can0  123   [3]  33`22`11', NaN, 'can0', 0x123, '112233'],
    ['  can0  123   [2]  00010001 00100010', NaN, 'can0', 0x123, '1122'],
    ['  can0  123   {B}  11 22 33 44 55 66 77 88', NaN, 'can0', 0x123, '1122334455667788'],
    ['\tcan0\t123\t[1]\t11', NaN, 'can0', 0x123, '11'],
  ])('%s', (text, ...frame) => {
    expect(read(text)).toEqual(['data', ...frame]);
  });

  it.each([
    ['(1.5) can0 0C3#R', 0xc3],
    ['(1.5) can0 0C3#R4', 0xc3],
    ['(1.5) can0 0C3#r8_9', 0xc3],
    ['(1.5)  can0  0C3   [8]  remote request', 0xc3],
    ['(1.5)  can0  0C3   [0]  remote request', 0xc3],
  ])('remote: %s', (text, id) => {
    expect(read(text)).toEqual(['remote', 1.5, 'can0', id, '']);
  });

  it.each([
    '(1.5) can0 20000088#0000000000000000',
    '(1.5)  can0  20000088   [8]  00 00 00 00 00 00 00 00   ERRORFRAME',
  ])('error: %s', (text) => {
    expect(read(text)).toEqual(['error', 1.5, 'can0', 0x20000088, '0000000000000000']);
  });

  it.each(['', '   ', '\t', '# 123#11', '#'])('nothing: "%s"', (text) => {
    expect(read(text)[0]).toBe('nothing');
  });

  it.each([
    ['hello', '"hello" is no frame'],
    ['hello world, how are you', '"hello world, how are you" is no frame'],
    ['(1.5', 'the time is not closed: "(1.5"'],
    ['(abc) can0 123#11', '"(abc)" is no time'],
    ['() can0 123#11', '"()" is no time'],
    ['(1.2.3) can0 123#11', '"(1.2.3)" is no time'],
    ['(2015-13-10 08:17:32) can0 123#11', '"(2015-13-10 08:17:32)" is no time'],
    ['(1.5)', '"" is no frame'],
    ['(1.5) can0', '"can0" is no frame'],
    ['can0 123#1', 'not two hexadecimal digits a byte: "1"'],
    ['can0 123#11XX', 'not two hexadecimal digits a byte: "11XX"'],
    ['can0 123#112233445566778899', 'more than 8 bytes: "112233445566778899"'],
    [`can0 123##0${'00'.repeat(65)}`, `more than 64 bytes: "${'0'.repeat(40)}…"`],
    ['can0 123##', 'one digit of flags was expected behind ##: "123##"'],
    ['can0 123##X', 'one digit of flags was expected behind ##: "123##X"'],
    ['can0 45123#81:00:12345678#11', '"81:00:12345678#11" is a frame of CAN XL, which is not read'],
    ['can0 8FF#11', '"8FF" is no id'],
    ['can0 #11', '"" is no id'],
    ['can0 123456789#11', '"123456789" is no id'],
    ['can0 FFFFFFFF#11', '"FFFFFFFF" is no id'],
    ['can0 XYZ#11', '"XYZ" is no id'],
    ['can0  123   [4]  11 22 33', 'not the data of [4]: "can0  123   [4]  11 22 33"'],
    ['can0  123   [2]  11 2', 'not the data of [2]: "can0  123   [2]  11 2"'],
    ['can0  123   [2]  00010001 00100012', 'not the data of [2]: "can0  123   [2]  00010001 00100012"'],
    ['can0  123   [65]  11', 'more than 64 bytes: "[65]"'],
    ['can0  123   [x]  11', '"can0  123   [x]  11" is no frame'],
    ['can0  123   []  11', '"can0  123   []  11" is no frame'],
    ['can0  8FF   [1]  11', '"8FF" is no id'],
    [
      "DROPCOUNT: dropped 3 CAN frames on 'can0' socket",
      '"DROPCOUNT: dropped 3 CAN frames on \'can0…" is no frame',
    ],
    ['can0\u0000\u001b[2J', String.raw`"can0\u0000\u001b[2J" is no frame`],
  ])('unreadable: %s', (text, reason) => {
    expect(read(text)).toEqual(['unreadable', reason]);
  });

  it('are read from anywhere in a text, and never beyond their end', () => {
    const text = 'can0 123#1122\ncan0 124#3344';
    expect(line.read(text, 0, 13)).toBeUndefined();
    expect([line.arbitrationId, line.byteLength]).toEqual([0x123, 2]);
    expect(line.read(text, 0, 12)).toBe('not two hexadecimal digits a byte: "112"');
    expect(line.read(text, 14, text.length)).toBeUndefined();
    expect([line.arbitrationId, line.bytes[1]]).toEqual([0x124, 0x44]);
    expect(line.read('can0  123   [1]  remote request', 0, 17)).toBe(
      'not the data of [1]: "can0  123   [1]  "',
    );
  });
});
