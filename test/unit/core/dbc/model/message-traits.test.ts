import { describe, expect, it } from 'vitest';
import { buildLines } from '../../../../support/built-database.ts';

const FORMATS = `"${['StandardCAN', 'ExtendedCAN', 'reserved', 'J1939PG', ...Array<string>(10).fill('reserved'), 'StandardCAN_FD', 'ExtendedCAN_FD'].join('","')}"`;

function firstMessage(size: number, lines: readonly string[]): unknown {
  return buildLines([`BO_ 100 MSG: ${size} ECU`, ...lines]).messages[0];
}

describe('how a message is sent', () => {
  it('comes from its attributes', () => {
    const lines = [
      'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;',
      'BA_DEF_ BO_ "GenMsgSendType" ENUM "Cyclic","OnChange";',
      'BA_DEF_DEF_ "GenMsgCycleTime" 0;',
      'BA_DEF_DEF_ "GenMsgSendType" "Cyclic";',
      'BA_ "GenMsgCycleTime" BO_ 100 20;',
      'BA_ "GenMsgSendType" BO_ 100 1;',
    ];
    expect(firstMessage(8, lines)).toMatchObject({ cycleTimeMs: 20, sendType: 'OnChange' });
    expect(firstMessage(8, lines.slice(0, 4))).toMatchObject({ cycleTimeMs: undefined, sendType: 'Cyclic' });
    expect(firstMessage(8, [])).toMatchObject({ cycleTimeMs: undefined, sendType: undefined });
  });

  it('has a cycle time by default only where it is above 0', () => {
    const definition = 'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;';
    const withDefault = (value: string): unknown =>
      firstMessage(8, [`BA_DEF_DEF_ "GenMsgCycleTime" ${value};`, definition]);
    expect(withDefault('100')).toMatchObject({ cycleTimeMs: 100 });
    expect(withDefault('-1')).toMatchObject({ cycleTimeMs: undefined });
  });

  it.each([
    ['a short one', 8, [], false],
    ['more than 8 bytes', 12, [], true],
    ['more than a frame holds', 1785, [], false],
    ['a network of CAN FD', 8, ['BA_ "BusType" "CAN FD";'], true],
    [
      'a format of CAN FD',
      8,
      [`BA_DEF_ BO_ "VFrameFormat" ENUM ${FORMATS};`, 'BA_ "VFrameFormat" BO_ 100 14;'],
      true,
    ],
    [
      'a format as number',
      8,
      ['BA_DEF_ BO_ "VFrameFormat" INT 0 15;', 'BA_ "VFrameFormat" BO_ 100 15;'],
      true,
    ],
    [
      'a classic format in a network of CAN FD',
      8,
      [
        'BA_ "BusType" "CAN FD";',
        `BA_DEF_ BO_ "VFrameFormat" ENUM ${FORMATS};`,
        'BA_ "VFrameFormat" BO_ 100 0;',
      ],
      false,
    ],
    ['J1939 of many bytes', 20, ['BA_ "ProtocolType" "J1939";'], false],
  ])('is CAN FD or not: %s', (_, ...[size, lines, isFd]) => {
    expect(firstMessage(size, lines)).toMatchObject({ isFd });
  });

  it.each([
    ['the network', ['BA_ "ProtocolType" "J1939";'], true],
    [
      'the default of the format',
      [`BA_DEF_ BO_ "VFrameFormat" ENUM ${FORMATS};`, 'BA_DEF_DEF_ "VFrameFormat" "J1939PG";'],
      true,
    ],
    ['nobody', [], false],
  ])('is J1939 where %s says so', (_, lines, isJ1939) => {
    expect(firstMessage(8, lines)).toMatchObject({ isJ1939 });
  });
});
