import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import type { EventToWrite } from '../../../../server/adapters/capnp/event-writer.ts';
import { encodeParquet } from '../../../../server/adapters/parquet/parquet-encoder.ts';
import { createSignalsExport } from '../../../../server/tools/signals-export/signals-export.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { makeLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { runTool, textInput, type ToolRun } from '../../../support/tool-run.ts';

const tool = createSignalsExport({ encodeParquet }) as unknown as Analyzer;

const DBC = `VERSION ""
BU_: ECU
BO_ 256 MOTION: 4 ECU
 SG_ SPEED : 7|16@0+ (0.01,0) [0|655.35] "km/h" XXX
 SG_ GEAR : 16|2@1+ (2,1) [0|0] "" XXX
 SG_ BRAKE : 24|1@1+ (1,0) [0|1] "" XXX
BO_ 257 PARTS: 2 ECU
 SG_ PART M : 0|8@1+ (1,0) [0|0] "" XXX
 SG_ FIRST m0 : 8|8@1- (1,0) [0|0] "" XXX
 SG_ SECOND m1 : 8|8@1- (1,0) [0|0] "" XXX
VAL_ 256 GEAR 0 "park" 1 "drive" ;
`;

const OTHER_DBC = `BO_ 256 OTHER: 4 ECU
 SG_ COUNT : 0|8@1+ (1,0) [0|0] "" XXX
`;

function frames(
  seconds: number,
  ...list: readonly (readonly [bus: number, id: number, hex: string])[]
): EventToWrite {
  return {
    logMonoTime: BigInt(Math.round((100 + seconds) * 1e9)),
    service: 'can',
    value: list.map(([src, address, hex]) => ({ src, address, dat: Buffer.from(hex, 'hex') })),
  };
}

function carState(seconds: number, vEgo: number): EventToWrite {
  return { logMonoTime: BigInt(Math.round((100 + seconds) * 1e9)), service: 'carState', value: { vEgo } };
}

const LOG = makeLog([
  frames(0, [0, 256, '04d20001'], [0, 257, '00ff'], [0, 999, '00']),
  carState(0.1, 1.5),
  frames(0.25, [0, 256, '0000'], [0, 257, '0105'], [128, 256, '00640100']),
  frames(0.2, [0, 256, '00c80200']),
]);

const ON_BUS_0 = { dbc: '0=car.dbc' };

async function run(parameters: ParameterValues, texts: readonly string[] = [DBC]): Promise<ToolRun> {
  const input = await openMemoryLog('drive', LOG);
  const files = { dbc: texts.map((text) => textInput('car.dbc', text)) };
  return runTool(tool, { input, files, parameters: { ...ON_BUS_0, ...parameters } });
}

async function exportCsv(parameters: ParameterValues, texts?: readonly string[]): Promise<readonly string[]> {
  const text = (await run(parameters, texts)).files.get('signals.csv')?.toString() ?? '';
  return text.split('\r\n').slice(0, -1);
}

describe('signals-export with databases', () => {
  it('writes signals of messages beside fields of the log, by time', async () => {
    expect(await exportCsv({ fields: 'carState.vEgo', signals: 'MOTION.*' })).toEqual([
      'seconds,carState.vEgo,MOTION.SPEED,MOTION.GEAR,MOTION.BRAKE',
      '0,,12.34,park,1',
      '0.1,1.5,,,',
      '0.2,,2,5,0',
      // Two bytes hold the speed alone.
      '0.25,,0,,',
    ]);
  });

  it('leaves multiplexed signals out where they are not', async () => {
    expect(await exportCsv({ signals: 'PARTS.*', enums: 'numbers' })).toEqual([
      'seconds,PARTS.PART,PARTS.FIRST,PARTS.SECOND',
      '0,0,-1,',
      '0.25,1,,5',
    ]);
  });

  it('takes what openpilot sent where the bus is named', async () => {
    expect(await exportCsv({ signals: ['SPEED', '128:SPEED'] })).toEqual([
      'seconds,0:MOTION.SPEED,128:MOTION.SPEED',
      '0,12.34,',
      '0.2,2,',
      '0.25,0,1',
    ]);
  });

  it('reads each bus with its own file', async () => {
    const parameters = { dbc: ['car.dbc', '128=other.dbc'], signals: ['BRAKE', '128:COUNT'], layout: 'long' };
    expect(await exportCsv(parameters, [DBC, OTHER_DBC])).toEqual([
      'seconds,signal,value',
      '0,MOTION.BRAKE,1',
      '0.2,MOTION.BRAKE,0',
      '0.25,OTHER.COUNT,0',
    ]);
  });

  it('tells of each signal where it is from, its unit and its names', async () => {
    const { files } = await run({ signals: ['SPEED', 'GEAR'] });
    const { signals } = JSON.parse(String(files.get('signals.schema.json'))) as { signals: unknown[] };
    expect(signals).toMatchObject([
      {
        name: 'MOTION.SPEED',
        origin: 'signal SPEED of MOTION on bus 0, as car has it',
        unit: 'km/h',
        count: 3,
      },
      { name: 'MOTION.GEAR', labels: { 1: 'park', 3: 'drive' }, type: 'text' },
    ]);
  });

  it('writes Parquet with types that hold the values', async () => {
    const { files } = await run({ signals: '*', format: 'parquet', enums: 'numbers' });
    const file = new Uint8Array(files.get('signals.parquet') ?? []).buffer;
    const types = Object.fromEntries(parquetMetadata(file).schema.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      'MOTION.SPEED': 'DOUBLE',
      'MOTION.GEAR': 'INT32',
      'MOTION.BRAKE': 'BOOLEAN',
    });
    expect((await parquetReadObjects({ file }))[0]).toMatchObject({
      'MOTION.SPEED': 12.34,
      'MOTION.BRAKE': true,
    });
  });

  it.each<[string, ParameterValues, string]>([
    ['a name that no database has', { signals: 'SPED' }, 'There is no signal "SPED" in car'],
    ['a message that was not recorded', { signals: 'COUNT' }, 'none of their messages was recorded'],
    ['a bus without a database', { signals: '1:SPEED' }, 'no database was given for bus 1'],
  ])('refuses %s', async (_, parameters, message) => {
    const texts = [parameters['signals'] === 'COUNT' ? OTHER_DBC.replace('256', '300') : DBC];
    await expect(run(parameters, texts)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: expect.stringContaining(message) as string,
    });
  });

  it('refuses two files for one bus', async () => {
    await expect(run({ signals: 'SPEED', dbc: ['a.dbc', 'b.dbc'] }, [DBC, DBC])).rejects.toMatchObject({
      message: "Parameter 'dbc' names two files for all buses",
    });
  });

  it.each([
    [{ signals: ['SPEED'], dbc: [] }, 'dbc'],
    [{ signals: [], dbc: ['car.dbc'] }, 'signals'],
    [{ signals: [], dbc: [] }, 'fields'],
  ])('wants %j to have %s', (given, parameter) => {
    const parameters = tool.parameters.parse(given);
    expect(tool.checkParameters?.(parameters)).toMatchObject({ parameter });
  });
});
