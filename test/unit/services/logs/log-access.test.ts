import { describe, expect, it } from 'vitest';
import { OpenedLog } from '../../../../server/services/logs/log-access.ts';
import type { CanFrameQuery } from '../../../../server/tools/input-access.ts';
import { joinEvents, makeCanLog } from '../../../support/log-builder.ts';
import { buildCanEvent, buildEvent, CAN_TAG, raw } from '../../../support/message-builder.ts';
import { fileOf, type MemoryLog, MemoryLogs } from '../../../support/memory-logs.ts';

const log = makeCanLog([
  { t: 500, which: 'carState' },
  { t: 1000, which: 'can' },
  {
    t: 2000,
    which: 'can',
    can: [
      [0x10, 0, 'AA'],
      [0x11, 1, ''],
    ],
  },
  { t: 3000, which: 'sendcan', can: [[0x20, 0, 'BB']] },
]);

async function openLog(content: MemoryLog): Promise<OpenedLog> {
  return new OpenedLog(await new MemoryLogs({ log: content }).locate('log'), {});
}

/** Frames as text, and second 0. */
async function readFrames(
  opened: OpenedLog,
  query: CanFrameQuery,
): Promise<{ zero: bigint | undefined; rows: string[] }> {
  const batches = opened.canFrames(query);
  const rows: string[] = [];
  for await (const { length, arbitrationId, bus, monoTime, data, dataStart } of batches) {
    for (let i = 0; i < length; i++) {
      const payload = Buffer.from(data.subarray(dataStart[i], dataStart[i + 1])).toString('hex');
      rows.push(`${String(monoTime[i])} ${String(arbitrationId[i])} ${String(bus[i])} ${payload}`);
    }
  }
  return { zero: batches.firstMonoTime, rows };
}

describe('what a tool sees of a log', () => {
  it.each([
    { service: 'can', zero: 1000n, rows: ['2000 16 0 aa', '2000 17 1 '] },
    { service: 'sendcan', zero: 3000n, rows: ['3000 32 0 bb'] },
  ] as const)('frames of $service', async ({ service, zero, rows }) => {
    const opened = await openLog(fileOf(log));
    expect(opened.report).toBeUndefined();
    expect(await readFrames(opened, { service })).toEqual({ zero, rows });
    expect(opened.report).toMatchObject({ events: 4, isWhole: true });
  });

  it('frames of all segments, from the start of the first', async () => {
    const opened = await openLog({ segments: { 0: log, 1: log } });
    const { zero, rows } = await readFrames(opened, { service: 'can' });
    expect(zero).toBe(1000n);
    expect(rows).toHaveLength(4);
  });

  it('all its events, for several readers in one walk, with what they found amiss', async () => {
    const opened = await openLog(fileOf(log));
    const seen: number[] = [];
    const count = { append: ({ length }: { readonly length: number }) => void seen.push(length) };
    const complain = {
      append: () => undefined,
      takeProblems: () => [{ code: 'FRAMES_UNREADABLE' as const, message: 'two' }],
    };
    await opened.read([count, complain, count]);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.reduce((sum, length) => sum + length, 0)).toBe(2 * 4);
    expect(opened.report).toMatchObject({ events: 4, segments: [{ problems: [{ message: 'two' }] }] });
  });

  it('a share of the progress, where reading is only a part of the work', async () => {
    const fractions: number[] = [];
    const source = await new MemoryLogs({ log: fileOf(log) }).locate('log');
    const opened = new OpenedLog(source, { onProgress: ({ fraction }) => void fractions.push(fraction) });
    await opened.read([], { progress: { from: 0.5, to: 0.75 } });
    expect(fractions.at(-1)).toBe(0.75);
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0.5);
  });

  it('frames before garbage, and behind it when that is wanted', async () => {
    const damaged = joinEvents([log, new Uint8Array(64).fill(0xff), log]);
    const opened = await openLog(fileOf(damaged));
    expect((await readFrames(opened, { service: 'can' })).rows).toHaveLength(4);
    expect((await readFrames(opened, { service: 'can', stopAtGarbage: true })).rows).toHaveLength(2);
    expect(opened.report?.events).toBe(4);
  });

  it('a report of frames that cannot be read', async () => {
    const bad = buildEvent({ monoTime: 9n, tag: CAN_TAG, content: raw(0x7777_7777_7777_7777n) });
    const opened = await openLog(
      fileOf(joinEvents([buildCanEvent(1n, [{ address: 1, bus: 0, data: [] }]), bad])),
    );
    expect((await readFrames(opened, { service: 'can' })).rows).toEqual(['1 1 0 ']);
    expect(opened.report?.segments[0]?.problems).toMatchObject([{ code: 'FRAMES_UNREADABLE', count: 1 }]);
  });

  it.each([
    { name: 'drive', file: 'drive' },
    { name: '0123456789abcdef/00000001--a1b2c3d4e5/3', file: '0123456789abcdef_00000001--a1b2c3d4e5_3' },
    { name: 'a\\b|c:d', file: 'a_b_c_d' },
  ])('$name gives files the name $file', async ({ name, file }) => {
    expect((await openLog({ name, segments: { 0: log } })).name).toBe(file);
  });
});
