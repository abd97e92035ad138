import { describe, expect, it } from 'vitest';
import { buildMessage, buildSignal } from '../../../../support/built-database.ts';

describe('a signal', () => {
  it('is what its line says', () => {
    expect(buildSignal(' SG_ SPEED : 7|16@0- (0.01,-40) [-40|215.5] "km/h" ECU,TESTER')).toMatchObject({
      name: 'SPEED',
      shortName: 'SPEED',
      startBit: 7,
      length: 16,
      byteOrder: 'big-endian',
      isSigned: true,
      factor: 0.01,
      offset: -40,
      minimum: -40,
      maximum: 215.5,
      unit: 'km/h',
      receivers: ['ECU', 'TESTER'],
      isDecodable: true,
      labels: undefined,
      comment: undefined,
      multiplexing: { isMultiplexor: false, parent: undefined, ranges: [] },
    });
  });

  it.each([
    ['[0|0]', undefined, undefined],
    ['[0.0|0]', undefined, undefined],
    ['[0|1]', 0, 1],
    ['[-1|0]', -1, 0],
    ['[1e999|5]', undefined, 5],
    ['[0|1e999]', 0, undefined],
  ])('has of the range %s what is a number and says something', (range, minimum, maximum) => {
    expect(buildSignal(` SG_ S : 0|8@1+ (1,0) ${range} "" X`)).toMatchObject({ minimum, maximum });
  });

  it('has no receiver where nobody is named', () => {
    expect(buildSignal(' SG_ S : 0|8@1+ (1,0) [0|0] "" Vector__XXX').receivers).toEqual([]);
    expect(buildSignal(' SG_ S : 0|8@1+ (1,0) [0|0] "" Vector__XXX,A,A').receivers).toEqual(['A']);
  });

  it.each([
    ['0|64@1+ (1,0)', true],
    ['448|64@1+ (1,0)', true],
    ['449|64@1+ (1,0)', false],
    ['511|1@0+ (1,0)', true],
    ['504|2@0+ (1,0)', false],
    ['0|0@1+ (1,0)', false],
    ['0|65@1+ (1,0)', false],
    ['0|-8@1+ (1,0)', false],
    ['-1|8@1+ (1,0)', false],
    ['512|1@1+ (1,0)', false],
    ['1e999|8@1+ (1,0)', false],
    ['0|8@1+ (0,0)', true],
    ['0|8@1+ (1e999,0)', false],
    ['0|8@1+ (1,-1e999)', false],
    ['0|8@1+ (nan,0)', false],
  ])('of %s can be decoded: %s', (layout, isDecodable) => {
    const signal = buildSignal(` SG_ S : ${layout} [0|0] "" X`);
    expect(signal.isDecodable).toBe(isDecodable);
    expect(signal.length).toBeGreaterThanOrEqual(1);
    expect(signal.length).toBeLessThanOrEqual(64);
    expect(signal.startBit).toBeGreaterThanOrEqual(0);
    expect(signal.startBit).toBeLessThan(512);
    expect(Number.isFinite(signal.factor) && Number.isFinite(signal.offset)).toBe(true);
  });

  it.each([
    ['opendbc', 'big-endian'],
    ['cantools', 'little-endian'],
  ] as const)('with another byte order is read as %s reads it', (readAs, byteOrder) => {
    const line = ' SG_ S : 7|8@2+ (1,0) [0|0] "" X';
    expect(buildSignal(line, { readAs }).byteOrder).toBe(byteOrder);
    expect(buildSignal(line).byteOrder).toBe('big-endian');
  });

  it.each([
    [16, 1, { valueType: 'float16', isDecodable: true }],
    [32, 1, { valueType: 'float32', isDecodable: true }],
    [64, 2, { valueType: 'float64', isDecodable: true }],
    [32, 2, { valueType: 'float32', isDecodable: true }],
    [24, 1, { isDecodable: false }],
    [32, 0, { valueType: 'integer', isDecodable: true }],
    [32, 3, { valueType: 'integer', isDecodable: true }],
  ])('of %i bits with SIG_VALTYPE_ %i', (length, type, expected) => {
    const { signals } = buildMessage(
      ` SG_ F : 0|${length}@1- (1,0) [0|0] "" X`,
      `SIG_VALTYPE_ 100 F : ${type};`,
    );
    expect(signals).toMatchObject([expected]);
  });
});
