import { describe, expect, it } from 'vitest';
import { CtsError, type LoadReport, type Progress, type ReadEventsParams } from '#protocol';
import { readEventLines } from '../../../../server/services/logs/event-lines.ts';
import type { LogPassOptions } from '../../../../server/services/logs/log-pass.ts';
import { joinEvents, makeEvent, makeLog } from '../../../support/log-builder.ts';
import { buildEvent, listPointer, raw } from '../../../support/message-builder.ts';
import { fileOf, type MemoryLog, MemoryLogs } from '../../../support/memory-logs.ts';
import { FIRST_SEGMENT, makeSmallDrive, SECOND_SEGMENT } from '../../../support/small-drive.ts';

interface Delivery {
  /** Service and monoTime of each event. */
  readonly events: readonly string[];
  readonly lines: readonly string[];
  readonly delivered: number;
  readonly report: LoadReport;
}

async function readEvents(
  content: MemoryLog,
  params: Omit<ReadEventsParams, 'path'> = {},
  options: LogPassOptions = {},
): Promise<Delivery> {
  const source = await new MemoryLogs({ log: content }).locate('log');
  const lines: string[] = [];
  const result = await readEventLines(
    source,
    { path: 'log', ...params },
    {
      ...options,
      take: (events) => {
        lines.push(...events.lines);
      },
    },
  );
  return { events: lines.map(describeLine), lines, ...result };
}

function describeLine(line: string): string {
  const { logMonoTime, valid, ...content } = JSON.parse(line) as Record<string, unknown>;
  expect(valid).toBe(true);
  return `${Object.keys(content).join()} ${String(logMonoTime)}`;
}

const drive = fileOf(makeSmallDrive());
const route: MemoryLog = { segments: { 0: makeLog(FIRST_SEGMENT), 1: makeLog(SECOND_SEGMENT) } };

describe('events as JSON', () => {
  it('come in file order, one each', async () => {
    const { events, delivered, report } = await readEvents(drive);
    expect(events).toEqual([
      'initData 90000000000',
      'sentinel 99500000000',
      'carParams 100000000000',
      'can 100000000000',
      'can 100500000000',
      'carState 100250000000',
      'carState 101000000000',
      'sendcan 101000000000',
    ]);
    expect(delivered).toBe(8);
    expect(report).toMatchObject({ events: 8, isWhole: true });
  });

  it('hold what the service says', async () => {
    const { lines } = await readEvents(drive, { services: ['can'], limit: 1 });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        logMonoTime: '100000000000',
        valid: true,
        can: [
          expect.objectContaining({ address: 0x40, dat: '00112233', src: 0 }),
          expect.objectContaining({ address: 0x119, dat: '', src: 1 }),
          expect.objectContaining({ address: 0x122, dat: 'ffee', src: 128 }),
        ],
      },
    ]);
  });

  const CARS = ['carState 100250000000', 'carState 101000000000'];

  it.each([
    { params: { services: ['carState'] }, events: CARS },
    {
      params: { services: ['sendcan', 'carState'], fromSeconds: 1 },
      events: [CARS[1], 'sendcan 101000000000'],
    },
    { params: { fromSeconds: 0.25, toSeconds: 0.5 }, events: ['can 100500000000', 'carState 100250000000'] },
    { params: { fromSeconds: 0.250000001, toSeconds: 0.4999999 }, events: [] },
    { params: { toSeconds: -10 }, events: ['initData 90000000000'] },
    { params: { services: ['carState'], limit: 1 }, events: [CARS[0]] },
    { params: { services: ['carState'], fromSeconds: -1e300, toSeconds: 1e300 }, events: CARS },
    { params: { fromSeconds: 1e300 }, events: [] },
    { params: { services: [] }, events: [] },
  ])('are chosen by $params', async ({ params, events }) => {
    const found = await readEvents(drive, params);
    expect(found.events).toEqual(events);
    expect(found.delivered).toBe(events.length);
  });

  it('may be asked for by a former name of their service', async () => {
    const old = fileOf(makeLog([{ logMonoTime: 7n, service: 'controlsState', value: {} }]));
    const { events } = await readEvents(old, { services: ['live100'] });
    expect(events).toEqual(['controlsState 7']);
  });

  it.each([
    { params: { services: ['carStat'] }, code: 'SERVICE_NOT_FOUND', message: /Did you mean carState/ },
    { params: { schema: 'v0.99' }, code: 'SCHEMA_NOT_FOUND', message: /v0\.99/ },
  ])('are refused with the nearest names: $params', async ({ params, code, message }) => {
    await expect(readEvents(drive, params)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it('stop at the limit without a word about what was not read', async () => {
    const cut = joinEvents([
      makeSmallDrive(),
      makeEvent({ logMonoTime: 1n, service: 'can', value: [] }).subarray(0, 9),
    ]);
    expect((await readEvents(fileOf(cut), { limit: 3 })).delivered).toBe(3);
  });
});

describe('events of a route', () => {
  it('count seconds from the start of its first segment', async () => {
    const { events } = await readEvents(route, { fromSeconds: 60 });
    expect(events).toEqual(['can 160000000000', 'carState 160500000000']);
  });

  it('count seconds from the first segment that can be read', async () => {
    const damaged = { segments: { ...route.segments, 0: new CtsError('FILE_EMPTY', 'it is empty') } };
    const { events, report } = await readEvents(damaged, { fromSeconds: 0.5 });
    expect(events).toEqual(['carState 160500000000']);
    expect(report.isWhole).toBe(false);
  });
});

describe('a long log', () => {
  const count = 3000;
  const long = fileOf(
    makeLog(
      Array.from({ length: count }, (_, i) => ({
        logMonoTime: BigInt(i),
        service: 'logMessage',
        value: `message ${'x'.repeat(60)}`,
      })),
    ),
  );

  it('is handed on in pieces, each when the one before has been taken', async () => {
    const source = await new MemoryLogs({ log: long }).locate('log');
    const sizes: number[] = [];
    let isTaking = false;
    const take = async ({ lines }: { readonly lines: readonly string[] }): Promise<void> => {
      expect(isTaking).toBe(false);
      isTaking = true;
      await Promise.resolve();
      isTaking = false;
      sizes.push(lines.length);
    };
    const { delivered } = await readEventLines(source, { path: 'log' }, { take });
    expect(delivered).toBe(count);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(count);
  });

  it('tells its progress once, forwards', async () => {
    const told: Progress[] = [];
    await readEvents(long, {}, { onProgress: (progress) => void told.push(progress) });
    expect(told.map(({ fraction }) => fraction)).toEqual([1]);
  });

  it('is given up on a signal', async () => {
    const reason = new Error('enough');
    await expect(readEvents(long, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('events that cannot be read in full', () => {
  const CAN = 4;
  it.each([
    {
      what: 'pointers that lead nowhere',
      content: raw(listPointer(1000, 7, 4)),
      problem: {
        code: 'FIELDS_UNREADABLE',
        count: 2,
        message: '2 events hold pointers that lead nowhere: null in their place',
      },
    },
    {
      what: 'half a billion frames of no size',
      content: raw(listPointer(0, 0, 2 ** 29 - 1)),
      problem: {
        code: 'BUDGET_EXCEEDED',
        count: 2,
        message: '2 events ask for more than an event may cost: null in their place',
      },
    },
  ])('are delivered and told: $what', async ({ content, problem }) => {
    const event = buildEvent({ tag: CAN, content });
    const { lines, report } = await readEvents(fileOf(joinEvents([event, event])));
    expect(lines).toEqual(Array<string>(2).fill('{"logMonoTime":"0","valid":true,"can":null}'));
    expect(report.segments[0]?.problems).toEqual([problem]);
  });
});
