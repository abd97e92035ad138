import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DriveLog } from '../../../../tools/sample-log/drive-log.ts';
import { type DriveKind, planDrive } from '../../../../tools/sample-log/drive-plan.ts';
import type { StructContent } from '../../../support/message-builder.ts';
import { countSegments, parseMessage } from '../../../support/message-parser.ts';

function makeDrive(kind: DriveKind, durationSeconds: number, segmentCount = 1): DriveLog {
  return new DriveLog(planDrive({ kind, seed: 9, durationSeconds }), {
    segmentCount,
    canFdFramesPerSecond: 1000,
  });
}

function readEvents(drive: DriveLog, segment = 0): Uint8Array[] {
  return [...drive.generateSegment(segment)].flat();
}

function digestOf(events: readonly Uint8Array[]): string {
  const digest = createHash('sha256');
  for (const event of events) digest.update(event);
  return digest.digest('hex');
}

function readHeader(event: Uint8Array): { readonly tag: number; readonly monoTime: bigint } {
  const { data } = parseMessage(event) as StructContent;
  return { monoTime: data[0] ?? 0n, tag: Number((data[1] ?? 0n) & 0xffffn) };
}

describe('DriveLog', () => {
  it.each(['subaru', 'canfd', 'mixed'] as const)('gives the same bytes for the same plan (%s)', (kind) => {
    expect(digestOf(readEvents(makeDrive(kind, 3)))).toBe(digestOf(readEvents(makeDrive(kind, 3))));
  });

  it('begins with initData in several segments and a sentinel, and ends with a sentinel', () => {
    const events = readEvents(makeDrive('subaru', 1));
    expect(countSegments(events[0] ?? new Uint8Array(8))).toBeGreaterThan(1);
    expect([0, 1, events.length - 1].map((index) => readHeader(events[index]!).tag)).toEqual([0, 71, 71]);
  });

  it('is out of order as a log of a device is: about one event in eleven', () => {
    const times = readEvents(makeDrive('subaru', 20)).map((event) => readHeader(event).monoTime);
    const inversions = times.filter((time, index) => time < (times[index - 1] ?? 0n)).length;
    expect(inversions / times.length).toBeGreaterThan(0.07);
    expect(inversions / times.length).toBeLessThan(0.11);
  });

  it('counts what it writes', () => {
    const drive = makeDrive('mixed', 10);
    const events = readEvents(drive).map((event) => parseMessage(event) as StructContent);
    const frames = { can: 0, sendcan: 0 };
    for (const { data, pointers } of events) {
      const tag = Number((data[1] ?? 0n) & 0xffffn);
      const list = pointers[0];
      if (tag === 4 && list?.kind === 'list') frames.can += list.length;
      if (tag === 16 && list?.kind === 'list') frames.sendcan += list.length;
    }
    const summary = drive.truth.summarize();
    expect(summary.events).toBe(events.length);
    expect(summary.sendcanFrames).toBe(frames.sendcan);
    expect(Object.values(summary.canFramesByBus).reduce((sum, count) => sum + count, 0)).toBe(frames.can);
    expect(Object.keys(summary.canFramesByBus)).toEqual(['0', '1', '2', '4', '5', '6', '128']);
    expect(summary.byService).toMatchObject({ can: 1000, carState: 1000, pandaStates: 100, deviceState: 20 });
  });

  it('cuts a drive into segments that go on without a gap', () => {
    const [whole, cut] = [makeDrive('subaru', 4), makeDrive('subaru', 4, 2)];
    const can = (events: readonly Uint8Array[]): string =>
      digestOf(events.filter((event) => readHeader(event).tag === 4));
    const [first, second] = [readEvents(cut, 0), readEvents(cut, 1)];
    expect(can([...first, ...second])).toBe(can(readEvents(whole)));
    // The first event of the second segment is initData again.
    expect(second[0]).toEqual(first[0]);
  });
});
