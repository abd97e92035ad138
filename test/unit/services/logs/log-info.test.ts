import { describe, expect, it } from 'vitest';
import type { LogInfo } from '#protocol';
import { describeLog } from '../../../../server/services/logs/log-info.ts';
import { makeLog } from '../../../support/log-builder.ts';
import { fileOf, type MemoryLog, MemoryLogs } from '../../../support/memory-logs.ts';
import { FIRST_SEGMENT, makeSmallDrive, SECOND_SEGMENT } from '../../../support/small-drive.ts';

async function infoOf(content: MemoryLog, schema?: string): Promise<LogInfo> {
  const source = await new MemoryLogs({ log: content }).locate('log');
  return describeLog(source, { path: 'log', ...(schema !== undefined && { schema }) }, {});
}

describe('what a log is and holds', () => {
  it('tells everything about a small one', async () => {
    const log = makeSmallDrive();
    const { report, ...info } = await infoOf(fileOf(log));
    expect(report).toMatchObject({ events: 8, isWhole: true, logBytes: log.length });
    expect(info).toEqual({
      path: 'log',
      name: 'log',
      route: null,
      device: {
        dongleId: '0123456789abcdef',
        deviceType: 'tici',
        version: '0.10.0',
        gitCommit: '0123456789abcdef0123456789abcdef01234567',
        gitBranch: 'release3',
        gitRemote: 'https://github.com/commaai/openpilot.git',
        isDirty: true,
      },
      car: { fingerprint: 'SUBARU_OUTBACK', brand: 'subaru', vin: '4S3**************' },
      schema: { id: 'v0.10.0', reason: 'written by openpilot 0.10.0' },
      startMonoTime: '100000000000',
      monoTime: { first: '90000000000', last: '101000000000', min: '90000000000', max: '101000000000' },
      durationSeconds: 1,
      inversions: 1,
      services: [
        service('can', 4, {
          count: 2,
          firstSeconds: 0,
          lastSeconds: 0.5,
          rateHz: 2,
          gap: [0.5, 0],
          expectedHz: 100,
        }),
        service('carState', 21, {
          count: 2,
          firstSeconds: 0.25,
          lastSeconds: 1,
          rateHz: 4 / 3,
          gap: [0.75, 0.25],
          expectedHz: 100,
        }),
        service('initData', 0, { count: 1, firstSeconds: -10, lastSeconds: -10 }),
        service('sendcan', 16, { count: 1, firstSeconds: 1, lastSeconds: 1, expectedHz: 100 }),
        service('carParams', 67, { count: 1, firstSeconds: 0, lastSeconds: 0, expectedHz: 0.02 }),
        service('sentinel', 71, { count: 1, firstSeconds: -0.5, lastSeconds: -0.5 }),
      ],
      buses: [
        { bus: 0, frames: 2, arbitrationIds: 1 },
        { bus: 1, frames: 1, arbitrationIds: 1 },
        { bus: 128, frames: 1, arbitrationIds: 1 },
      ],
    });
  });

  it('counts from second 0 of the first segment of a route', async () => {
    const segments = { 0: makeLog(FIRST_SEGMENT), 1: makeLog(SECOND_SEGMENT) };
    const info = await infoOf({ name: 'd/l', route: 'd/l', segments });
    expect(info).toMatchObject({
      name: 'd/l',
      route: 'd/l',
      startMonoTime: '100000000000',
      durationSeconds: 60.5,
    });
    expect(info.services.find(({ service: name }) => name === 'initData')).toMatchObject({ count: 2 });
  });

  it('takes names from the schema that is asked for', async () => {
    const { schema, services } = await infoOf(fileOf(makeSmallDrive()), 'newest');
    expect(schema.id).toBe('newest');
    expect(services.map(({ tag }) => tag)).toEqual([4, 21, 0, 16, 67, 71]);
  });

  it('says null where the log does not tell', async () => {
    const info = await infoOf(fileOf(makeLog([{ logMonoTime: 5n, service: 'carState', value: {} }])));
    expect(info.device).toEqual({
      dongleId: null,
      deviceType: null,
      version: null,
      gitCommit: null,
      gitBranch: null,
      gitRemote: null,
      isDirty: null,
    });
    expect(info.car).toEqual({ fingerprint: null, brand: null, vin: null });
    expect(info.buses).toEqual([]);
  });

  it('has no times where there are no events', async () => {
    const empty = Uint8Array.from(Buffer.from('28b52ffd2000010000', 'hex'));
    expect(await infoOf(fileOf(empty))).toMatchObject({
      startMonoTime: null,
      monoTime: null,
      durationSeconds: 0,
      services: [],
    });
  });

  it('refuses a schema that it does not know', async () => {
    await expect(infoOf(fileOf(makeSmallDrive()), 'v0.99')).rejects.toMatchObject({
      code: 'SCHEMA_NOT_FOUND',
    });
  });
});

interface Figures {
  readonly count: number;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  readonly rateHz?: number;
  readonly expectedHz?: number;
  readonly gap?: readonly [seconds: number, fromSeconds: number];
}

function service(name: string, tag: number, figures: Figures): LogInfo['services'][number] {
  const { count, firstSeconds, lastSeconds, rateHz = null, expectedHz = null, gap } = figures;
  const longestGap = gap === undefined ? null : { seconds: gap[0], fromSeconds: gap[1] };
  return { service: name, tag, count, firstSeconds, lastSeconds, rateHz, expectedHz, longestGap };
}
