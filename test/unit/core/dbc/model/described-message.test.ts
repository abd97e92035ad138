import { describe, expect, it } from 'vitest';
import { DbcInfo, DbcMessageInfo } from '../../../../../server/protocol/dbc-files.ts';
import { describeDatabase, describeMessage } from '../../../../../server/core/dbc/model/described-message.ts';
import { buildLines, buildMessage } from '../../../../support/built-database.ts';

const SIGNALS = [
  ' SG_ MUX M : 0|8@1+ (1,0) [0|0] "" Vector__XXX',
  ' SG_ SPEED m3 : 15|16@0- (0.01,-40) [-40|100] "km/h" ECU',
  'SG_MUL_VAL_ 100 SPEED MUX 3-5;',
  'CM_ SG_ 100 SPEED "how fast";',
  'VAL_ 100 SPEED 0 "none";',
];

describe('describeMessage', () => {
  it('hands out what the protocol knows of a message and its signals', () => {
    const described = describeMessage(buildMessage(...SIGNALS), {
      findRole: ({ name }, { shortName }) => (`${shortName}.${name}` === 'MSG.MUX' ? 'counter' : undefined),
    });
    expect(described).toMatchObject({
      arbitrationId: 100,
      isExtended: false,
      name: 'MSG',
      sizeBytes: 8,
      transmitters: ['ECU'],
      cycleTimeMs: null,
      isFd: false,
      comment: null,
    });
    expect(described.signals).toMatchObject([
      { name: 'MUX', role: 'counter', labels: [], multiplexing: { isMultiplexor: true, parent: null } },
      {
        name: 'SPEED',
        startBit: 15,
        length: 16,
        byteOrder: 'big-endian',
        isSigned: true,
        valueType: 'integer',
        factor: 0.01,
        offset: -40,
        minimum: -40,
        maximum: 100,
        unit: 'km/h',
        labels: [{ value: 0, label: 'none' }],
        comment: 'how fast',
        receivers: ['ECU'],
        multiplexing: { isMultiplexor: false, parent: 'MUX', ranges: [{ first: 3, last: 5 }] },
        role: null,
      },
    ]);
    expect(DbcMessageInfo.parse(described)).toEqual(described);
  });
});

describe('describeDatabase', () => {
  it('hands out all of it in the form of the protocol, whatever is in the file', () => {
    const described = describeDatabase(
      buildLines([
        'VERSION "7"',
        'BU_: ECU',
        'VAL_TABLE_ T 1 "on" ;',
        'BO_ 1e999 BROKEN: -8 ECU',
        ' SG_ S m1 : 1e999|0@1+ (1e999,0) [1e999|0] "" X',
        'BO_ 100 MSG: 8 ECU',
        ...SIGNALS,
        'CM_ "about";',
        'BA_ "BusType" "CAN";',
      ]),
    );
    const shape = DbcInfo.pick({
      version: true,
      comment: true,
      nodes: true,
      attributes: true,
      valueTables: true,
      messages: true,
    });
    expect(shape.parse(described)).toEqual(described);
    expect(described).toMatchObject({
      version: '7',
      comment: 'about',
      nodes: [{ name: 'ECU', comment: null }],
      attributes: [{ name: 'BusType', value: 'CAN' }],
      valueTables: [{ name: 'T', labels: [{ value: 1, label: 'on' }] }],
      messages: [{ name: 'BROKEN' }, { name: 'MSG' }],
    });
  });
});
