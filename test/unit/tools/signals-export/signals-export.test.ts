import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import type { EventToWrite } from '../../../../server/adapters/capnp/event-writer.ts';
import { encodeParquet } from '../../../../server/adapters/parquet/parquet-encoder.ts';
import { createSignalsExport } from '../../../../server/tools/signals-export/signals-export.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { makeLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { runTool, type ToolRun } from '../../../support/tool-run.ts';

const tool = createSignalsExport({ encodeParquet }) as unknown as Analyzer;

function event(seconds: number, service: string, value: EventToWrite['value'] = {}): EventToWrite {
  return { logMonoTime: BigInt(Math.round((100 + seconds) * 1e9)), service, value };
}

/** Second 0 is 100 s after the start of the device; one carState is out of order. */
const LOG = makeLog([
  event(0, 'can', []),
  event(0.1, 'carState', { vEgo: 1.5, gearShifter: 'drive', brakePressed: false }),
  event(0.25, 'deviceState', { cpuTempC: [40.5], networkType: 'wifi' }),
  event(0.3, 'carState', { vEgo: 3.5, gearShifter: 'park', brakePressed: true }),
  event(0.2, 'carState', { vEgo: 2.5, gearShifter: 'drive', brakePressed: true }),
  event(0.75, 'deviceState', { cpuTempC: [], networkType: 'none' }),
]);

const FIELDS = 'carState.vEgo,carState.gearShifter,carState.brakePressed,deviceState.cpuTempC[0]';

function run(parameters: ParameterValues): Promise<ToolRun> {
  return openMemoryLog('drive', LOG).then((input) =>
    runTool(tool, { input, parameters: { fields: FIELDS, ...parameters } }),
  );
}

async function exportCsv(parameters: ParameterValues): Promise<readonly string[]> {
  const text = (await run(parameters)).files.get('signals.csv')?.toString() ?? '';
  return text.split('\r\n').slice(0, -1);
}

async function exportParquet(parameters: ParameterValues): Promise<ArrayBuffer> {
  const file =
    (await run({ ...parameters, format: 'parquet' })).files.get('signals.parquet') ?? Buffer.alloc(0);
  return new Uint8Array(file).buffer;
}

const HEAD = 'seconds,carState.vEgo,carState.gearShifter,carState.brakePressed,deviceState.cpuTempC[0]';

describe('signals-export', () => {
  it('writes a row for every time at which something was recorded, by time', async () => {
    expect(await exportCsv({})).toEqual([
      HEAD,
      '0.1,1.5,drive,0,',
      '0.2,2.5,drive,1,',
      '0.25,,,,40.5',
      '0.3,3.5,park,1,',
    ]);
  });

  it('fills empty cells with the last value, for as long as it may', async () => {
    expect(await exportCsv({ fill: 'previous' })).toEqual([
      HEAD,
      '0.1,1.5,drive,0,',
      '0.2,2.5,drive,1,',
      '0.25,2.5,drive,1,40.5',
      '0.3,3.5,park,1,40.5',
    ]);
    expect((await exportCsv({ fill: 'previous', max_gap: 0.04 })).at(-1)).toBe('0.3,3.5,park,1,');
  });

  it('fills from before the stretch of time that is exported', async () => {
    expect(await exportCsv({ fill: 'previous', time_from: 0.25, time_to: 0.25 })).toEqual([
      HEAD,
      '0.25,2.5,drive,1,40.5',
    ]);
  });

  it('writes a row a value in the long layout', async () => {
    expect(await exportCsv({ layout: 'long', time_to: 0.1 })).toEqual([
      'seconds,signal,value,label',
      '0.1,carState.vEgo,1.5,',
      '0.1,carState.gearShifter,2,drive',
      '0.1,carState.brakePressed,0,',
    ]);
    expect((await exportCsv({ layout: 'long', enums: 'numbers', time_to: 0.1 }))[0]).toBe(
      'seconds,signal,value',
    );
  });

  it.each([
    ['relative', 'seconds', '0.1'],
    ['uptime', 'uptime_seconds', '100.1'],
    ['ns', 'mono_time_ns', '100100000000'],
  ])('has a time column in the form %s', async (time, name, first) => {
    const [head, row] = await exportCsv({ time });
    expect([head?.split(',')[0], row?.split(',')[0]]).toEqual([name, first]);
  });

  it('resamples at a fixed rate', async () => {
    const fields = 'carState.vEgo,carState.gearShifter';
    expect(await exportCsv({ fields, rate_hz: 20, interpolation: 'linear' })).toEqual([
      'seconds,carState.vEgo,carState.gearShifter',
      '0.1,1.5,drive',
      '0.15,2,drive',
      '0.2,2.5,drive',
      '0.25,3,drive',
      '0.3,3.5,park',
    ]);
  });

  it('writes Parquet that reads back equal: values, nulls, booleans, names, exact nanoseconds', async () => {
    const file = await exportParquet({ time: 'ns' });
    expect(await parquetReadObjects({ file })).toEqual([
      row(100_100_000_000n, [1.5, 'drive', false, null]),
      row(100_200_000_000n, [2.5, 'drive', true, null]),
      row(100_250_000_000n, [null, null, null, 40.5]),
      row(100_300_000_000n, [3.5, 'park', true, null]),
    ]);
  });

  it('tells in the Parquet file what its columns are', async () => {
    const { key_value_metadata = [], schema } = parquetMetadata(await exportParquet({ enums: 'numbers' }));
    expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
      ['seconds', 'DOUBLE'],
      ['carState.vEgo', 'DOUBLE'],
      ['carState.gearShifter', 'INT32'],
      ['carState.brakePressed', 'BOOLEAN'],
      ['deviceState.cpuTempC[0]', 'DOUBLE'],
    ]);
    const metadata = new Map(
      key_value_metadata.map(({ key, value }) => [key, JSON.parse(value ?? '') as unknown]),
    );
    expect(metadata.get('cts')).toMatchObject({
      tool: { id: 'signals-export' },
      inputs: [{ name: 'drive', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      time: { startNs: '100000000000' },
    });
    expect(metadata.get('cts.signal.carState.vEgo')).toMatchObject({ unit: 'm/s', count: 3, maximum: 3.5 });
  });

  it('writes the long layout as Parquet', async () => {
    const file = await exportParquet({ layout: 'long', time_to: 0.1 });
    expect(await parquetReadObjects({ file })).toEqual([
      { seconds: 0.1, signal: 'carState.vEgo', value: 1.5, label: null },
      { seconds: 0.1, signal: 'carState.gearShifter', value: 2, label: 'drive' },
      { seconds: 0.1, signal: 'carState.brakePressed', value: 0, label: null },
    ]);
  });

  it('describes every column in a file beside the data', async () => {
    const { files } = await run({ fields: 'carState.vEgo,deviceState.networkType' });
    const description: unknown = JSON.parse(files.get('signals.schema.json')?.toString() ?? '');
    expect(description).toMatchObject({
      version: 'signals.schema.v1',
      signals: [
        {
          name: 'carState.vEgo',
          type: 'double',
          unit: 'm/s',
          count: 3,
          firstSeconds: 0.1,
          lastSeconds: 0.3,
          minimum: 1.5,
          maximum: 3.5,
        },
        { name: 'deviceState.networkType', type: 'text', labels: { 0: 'none', 1: 'wifi' }, count: 2 },
      ],
    });
  });

  it('takes all numbers of a service', async () => {
    const [head = ''] = await exportCsv({ fields: ['carState.vEgo', 'carState.*'] });
    const names = head.split(',');
    expect(names).toContain('carState.cruiseState.enabled');
    expect(names.filter((name) => name === 'carState.vEgo')).toHaveLength(1);
  });

  it('keeps the column of a field that no event carries, and says so', async () => {
    const result = await run({ fields: 'modelV2.frameId,carState.vEgo' });
    expect(result.files.get('signals.csv')?.toString().split('\r\n')[1]).toBe('0.1,,1.5');
    expect(result.lines[0]).toBe(
      'WARNING No event of this log has a value for modelV2.frameId: empty columns.',
    );
  });

  it('leaves a table without rows where nothing lies in the stretch of time', async () => {
    const result = await run({ time_from: 1e6 });
    expect(result.files.get('signals.csv')?.toString()).toBe(`${HEAD}\r\n`);
    expect(result.lines).toContain(
      'WARNING No value lies in the stretch of time that was asked for: the table is empty.',
    );
    expect(await parquetReadObjects({ file: await exportParquet({ time_from: 1e6 }) })).toEqual([]);
  });

  it('refuses fields that there are not, with the nearest', async () => {
    await expectFailure(run({ fields: 'carState.vEg' }), 'FIELD_NOT_FOUND', 'Did you mean vEgo');
    await expectFailure(run({ fields: 'carStat.*' }), 'SERVICE_NOT_FOUND', 'carState');
    await expectFailure(run({ schema: 'v0.1.99' }), 'SCHEMA_NOT_FOUND', 'v0.1.99');
  });

  it.each<[ParameterValues, string]>([
    [{ fields: [] }, "'fields' must name at least one log field"],
    [{ fill: 'previous', layout: 'long' }, "'fill' must be none with layout=long"],
    [{ fill: 'previous', rate_hz: 10 }, "'fill' must be none with rate_hz"],
    [{ interpolation: 'linear' }, "'interpolation' must be previous without rate_hz"],
    [{ time_from: 2, time_to: 1 }, "'time_to' must be at least time_from (2)"],
    [{ max_gap: 1 }, "'max_gap' needs rate_hz or fill=previous"],
    [{ rate_hz: 0 }, 'rate_hz'],
  ])('refuses %o', async (parameters, message) => {
    await expectFailure(run(parameters), 'INVALID_PARAMETER', message);
  });

  it('refuses a rate that makes more rows than a table can have', async () => {
    const input = await openMemoryLog('drive', makeLog([event(0, 'carState'), event(1e6, 'carState')]));
    const parameters = { fields: 'carState.vEgo', rate_hz: 1000 };
    await expectFailure(
      runTool(tool, { input, parameters }),
      'INVALID_PARAMETER',
      'rate_hz 1000 makes 1000000001 rows',
    );
  });

  it('writes tables of several blocks whole', async () => {
    const events = Array.from({ length: 9000 }, (_, i) => event(i / 100, 'carState', { vEgo: Math.sin(i) }));
    const input = await openMemoryLog('drive', makeLog(events));
    const { files } = await runTool(tool, { input, parameters: { fields: 'carState.vEgo' } });
    const lines = files.get('signals.csv')?.toString().split('\r\n') ?? [];
    expect(lines).toHaveLength(9002);
    expect(lines[8001]).toBe(`80,${String(Math.fround(Math.sin(8000)))}`);
  });
});

async function expectFailure(run: Promise<unknown>, code: string, message: string): Promise<void> {
  await expect(run).rejects.toMatchObject({ code, message: expect.stringContaining(message) as string });
}

function row(
  time: bigint,
  [vEgo, gear, brake, temperature]: readonly unknown[],
): Readonly<Record<string, unknown>> {
  return {
    mono_time_ns: time,
    'carState.vEgo': vEgo,
    'carState.gearShifter': gear,
    'carState.brakePressed': brake,
    'deviceState.cpuTempC[0]': temperature,
  };
}
