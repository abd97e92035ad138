import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../../../../../server/core/dbc/model/build-database.ts';
import type { Database } from '../../../../../../server/core/dbc/model/database.ts';
import {
  findIncludeMaker,
  writeScriptedDatabase,
} from '../../../../../../server/core/dbc/sources/scripted/scripted-databases.ts';
import { parseDbc } from '../../../../../../server/core/dbc/syntax/parse-dbc.ts';

function make(name: string, script = ''): Database {
  const text = writeScriptedDatabase(`${name}_generated`, script);
  if (text === undefined) throw new Error(`${name} is not made`);
  const tree = parseDbc(text);
  expect(tree.statements.flatMap(({ problems }) => problems)).toEqual([]);
  return buildDatabase(tree);
}

function signalOf(database: Database, message: string, signal: string): unknown {
  const found = database.messages.find(({ name }) => name === message);
  const { startBit, length, byteOrder, isSigned, factor, offset } =
    found?.signals.find(({ name }) => name === signal) ?? {};
  return { id: found?.arbitrationId, startBit, length, byteOrder, isSigned, factor, offset };
}

describe('databases that scripts of opendbc make', () => {
  it.each([
    ['hyundai_kia_mando_front_radar', 32, 320],
    ['hyundai_kia_mando_corner_radar', 6, 322],
    ['rivian_mando_front_radar', 32, 256],
    ['tesla_radar_bosch', 92, 1037],
    ['tesla_radar_continental', 83, 975],
    ['toyota_tss3_radar', 6, 162],
  ])('%s has %i messages and %i signals, all of which can be read with', (name, messages, signals) => {
    const database = make(name);
    const all = database.messages.flatMap((message) => message.signals);
    expect([database.messages.length, all.length]).toEqual([messages, signals]);
    expect(all.filter(({ isDecodable }) => !isDecodable)).toEqual([]);
    expect(new Set(database.messages.map(({ arbitrationId }) => arbitrationId)).size).toBe(messages);
  });

  it('lay the points of a corner radar out without gaps', () => {
    const points = make('hyundai_kia_mando_corner_radar').messages.find(
      ({ arbitrationId }) => arbitrationId === 0x101,
    );
    const ends = points?.signals.map(({ startBit, length }) => startBit + length) ?? [];
    expect(points?.signals.slice(1).map(({ startBit }) => startBit)).toEqual(ends.slice(0, -1));
    expect(ends.at(-1)).toBe(512);
  });

  it('know the multiplexed parts, the texts and the cycle times of a radar of Tesla', () => {
    const database = make('tesla_radar_bosch');
    const vin = database.messages.find(({ name }) => name === 'VIN_VIP_405HS');
    expect(vin?.signals.map(({ multiplexing }) => multiplexing.ranges)).toEqual([
      [],
      [[16, 16]],
      [[17, 17]],
      [[18, 18]],
    ]);
    expect(vin?.cycleTimeMs).toBe(250);
    expect(database.messages.find(({ name }) => name === 'RadarPoint0_B')?.signals[3]?.labels?.get(1)).toBe(
      'RADAR_MOVESTATE_MOVING',
    );
  });

  it('place signals as the scripts do', () => {
    expect(signalOf(make('toyota_tss3_radar'), 'OBJECT_GEOMETRY_1', 'LAT_3')).toEqual({
      id: 0x181,
      startBit: 55 + 3 * 56,
      length: 12,
      byteOrder: 'big-endian',
      isSigned: true,
      factor: 0.04,
      offset: 0,
    });
  });

  it('tell of the car ahead where the script does', () => {
    const script = 'BO_ 533 LEAD_INFO: 8 XXX\n SG_ LEAD_CAR : 7|1@0+ (1,0) [0|1] "" XXX\n';
    expect(make('rivian_mando_front_radar', script).messages).toHaveLength(33);
  });

  it('are not made where the script writes other signals than are known of it', () => {
    const script =
      ' SG_ AZIMUTH : 12|10@0- (0.2,0) [-102.4|102.2] "" XXX\n SG_ STATE : 15|4@0+ (1,0) [0|15] "" XXX\n';
    expect(writeScriptedDatabase('hyundai_kia_mando_front_radar_generated', script)).toBeUndefined();
    expect(
      writeScriptedDatabase('hyundai_kia_mando_front_radar_generated', script.split('\n', 1)[0] ?? ''),
    ).toBeDefined();
  });

  it.each(['hyundai_can_radar_generated', '__proto__', ''])(
    'are not made where nothing is known of them: "%s"',
    (name) => {
      expect(writeScriptedDatabase(name, '')).toBeUndefined();
    },
  );
});

describe('includes that a script of opendbc makes', () => {
  const common = [
    'CM_ "about";',
    '',
    'BO_ 571 BUTTONS: 3 XXX',
    ' SG_ A : 0|1@1+ (1,0) [0|1] "" XXX',
    '',
    'BO_ 9 SAME: 8 XXX',
    ' SG_ B : 0|1@1+ (1,0) [0|1] "" XXX',
    '',
    'VAL_ 571 A 0 "off" ;',
    '',
    'left out: no empty line ends it',
  ].join('\r\n');

  it('are found for the trucks of Ram only', () => {
    expect(findIncludeMaker('_stellantis_common_ram_dt_generated.dbc')?.source).toBe(
      '_stellantis_common.dbc',
    );
    expect(findIncludeMaker('_stellantis_common.dbc')).toBeUndefined();
  });

  it('give messages and their texts other ids, some of them two', () => {
    const text = findIncludeMaker('_stellantis_common_ram_hd_generated.dbc')?.write(common) ?? '';
    expect(text.split('\n').filter((line) => /^(BO_|VAL_|CM_|left)/.test(line))).toEqual([
      'CM_ "Generated from _stellantis_common.dbc"',
      'CM_ "about";',
      'BO_ 570 BUTTONS: 3 XXX',
      'BO_ 571 BUTTONS_ALT: 3 XXX',
      'BO_ 9 SAME: 8 XXX',
      'VAL_ 570 A 0 "off" ;',
      'VAL_ 571 A 0 "off" ;',
    ]);
  });

  it('keep ids that the trucks share with the other cars', () => {
    const text = findIncludeMaker('_stellantis_common_ram_dt_generated.dbc')?.write(common) ?? '';
    expect(text).toContain(
      'BO_ 177 BUTTONS: 3 XXX\n SG_ A : 0|1@1+ (1,0) [0|1] "" XXX\n\nBO_ 9 SAME: 8 XXX\n',
    );
  });
});
