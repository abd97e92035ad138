import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeBit,
  MAX_BITS,
  parseBitSelector,
  parseWatch,
} from '../../../../../server/core/can/bits/bit-position.ts';
import analyzer from '../../../../fixtures/comma-tools-lib/analyzer_helpers.json' with { type: 'json' };
import bitwatch from '../../../../fixtures/comma-tools-lib/bitwatch_helpers.json' with { type: 'json' };
import { failureOf } from '../../../../support/failure.ts';

describe('describeBit', () => {
  it('names a bit in every numbering', () => {
    expect(describeBit(34)).toEqual({
      global: 34,
      byte: 4,
      lsb: 2,
      msb: 5,
      lsbLabel: 'Byte4 bit2 (LSB)',
      msbLabel: 'MSB B4b5',
      shortMsb: 'B4b5',
    });
  });

  it.each(analyzer.format_bit_labels)(
    'labels bit $args.bit_global as comma-tools does',
    ({ args, result }) => {
      const { lsbLabel, msbLabel } = describeBit(args.bit_global);
      expect([lsbLabel, msbLabel]).toEqual(result);
    },
  );

  it.each(analyzer.dual_bit_numeric)('counts bit $args.bit_lsb of $args.width from both ends', (vector) => {
    const { bit_lsb: bit, width } = vector.args;
    const fromTheTop = width === 8 ? describeBit(bit).msb : 63 - describeBit(bit).global;
    expect([bit, fromTheTop]).toEqual(vector.result);
  });
});

describe('parseWatch', () => {
  it.each(bitwatch.msb_label_to_indices)('reads the label "$args.label" as comma-tools does', (vector) => {
    if (vector.result === undefined) {
      expect(failureOf(() => parseWatch(`0x1:${vector.args.label}`)).code).toBe('INVALID_PARAMETER');
    } else {
      const { byte, msb, lsb } = describeBit(parseWatch(`0x1:${vector.args.label}`).bit);
      expect([byte, msb, lsb]).toEqual(vector.result);
    }
  });

  it.each(bitwatch.watch_spec)('reads the watch "$args.spec" as comma-tools does', ({ args, result }) => {
    if (result === undefined) {
      expect(failureOf(() => parseWatch(args.spec)).code).toBe('INVALID_PARAMETER');
    } else {
      const { arbitrationId, bus, bit } = parseWatch(args.spec);
      const { byte, msb, lsb, global } = describeBit(bit);
      expect({ addr: arbitrationId, byte, msb, lsb, gidx: global }).toEqual(result);
      expect(bus).toBeUndefined();
    }
  });

  /** comma-tools reads this as bit -1. */
  const refusedByUs = '0x027:MSB B64';

  it.each(analyzer.parse_bit_selector)(
    'reads the selector "$args.selector" as comma-tools does',
    (vector) => {
      const { selector } = vector.args;
      if (vector.result === undefined || selector === refusedByUs) {
        expect(failureOf(() => parseBitSelector(selector)).code).toBe('INVALID_PARAMETER');
      } else {
        const { arbitrationId, bit } = parseBitSelector(selector);
        expect([arbitrationId, bit]).toEqual(vector.result);
      }
    },
  );

  it.each([
    '0x027:B4b5',
    '0x027:MSB B4b5',
    '0x027:B4b5 (MSB)',
    '0x027:B4.2',
    '0x027:Byte4 bit2 (LSB)',
    '0x027:Byte4 bit2',
    '0x027:34',
    '0x027:MSB B29',
    ' 39 : B4b5 ',
    '0X27:034',
  ])('reads "%s" as the same bit on every bus', (text) => {
    const bit = { arbitrationId: 0x27, bus: undefined, bit: 34 };
    expect(parseWatch(text)).toEqual(bit);
    expect(parseBitSelector(text)).toEqual(bit);
  });

  it('reads "b34" where a bit is selected, and refuses to guess where one is watched', () => {
    expect(parseBitSelector('0:0x027:b34')).toEqual({ arbitrationId: 0x27, bus: 0, bit: 34 });
    expect(failureOf(() => parseWatch('0x027:b4')).message).toBe(
      'Cannot watch "0x027:b4": "b4" may count from either end: is it 4?',
    );
  });

  it.each([
    ['0:0x027:B4b5', { arbitrationId: 0x27, bus: 0, bit: 34 }],
    ['128 : 67A : 511', { arbitrationId: 0x67a, bus: 128, bit: 511 }],
    ['255:0x18DAF110:B63.7', { arbitrationId: 0x18daf110, bus: 255, bit: 511 }],
  ])('reads the bus of "%s"', (text, watch) => {
    expect(parseWatch(text)).toEqual(watch);
  });

  it.each([
    ['', 'an address, ":" and a bit are expected'],
    ['0x27', 'an address, ":" and a bit are expected'],
    ['0:1:2:3', 'an address, ":" and a bit are expected'],
    ['speed:B4b5', '"speed" is no CAN address'],
    ['0x20000000:1', '"0x20000000" is no CAN address'],
    [':B4b5', '"" is no CAN address'],
    ['256:0x27:1', '"256" is no bus, which is a number from 0 to 255'],
    ['0x1:0x27:1', '"0x1" is no bus, which is a number from 0 to 255'],
    [':0x27:1', '"" is no bus, which is a number from 0 to 255'],
    ['0x27:B4b8', 'byte bits go from 0 to 7, not to 8'],
    ['0x27:b4B5', '"b4B5" names no bit'],
    ['0x27:B4', '"B4" names no bit'],
    ['0x27:b', '"b" names no bit'],
    ['0x27:-1', '"-1" names no bit'],
    ['0x27:B4.8', '"B4.8" names no bit'],
    ['0x27:512', 'bit 512 is in no payload: bits go from 0 to 511'],
    ['0x27:B64b7', 'bit 512 is in no payload: bits go from 0 to 511'],
    ['0x27:MSB B64', 'bit -1 is in no payload: bits go from 0 to 511'],
    ['0x27:computed', '"computed" names no bit'],
  ])('refuses "%s"', (text, reason) => {
    const { code, message, details, actions } = failureOf(() => parseWatch(text));
    expect({ code, message, details }).toEqual({
      code: 'INVALID_PARAMETER',
      message: `Cannot watch "${text}": ${reason}`,
      details: { watch: text },
    });
    expect(actions.join()).toMatch(/B4b5.*B4\.2.*:34.*MSB B29.*0:0x027:B4b5/);
  });

  it('repeats no more than the beginning of a long text', () => {
    expect(failureOf(() => parseWatch(`0x27:${'B'.repeat(9999)}`)).message.length).toBeLessThan(250);
  });

  it('reads back every label that describeBit gives', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX_BITS - 1 }), (bit) => {
        const { lsbLabel, msbLabel, shortMsb, byte, lsb } = describeBit(bit);
        const names = [lsbLabel, msbLabel, shortMsb, `B${String(byte)}.${String(lsb)}`, String(bit)];
        expect(names.map((name) => parseWatch(`0x7FF:${name}`).bit)).toEqual(names.map(() => bit));
      }),
    );
  });
});
