import { beforeEach, describe, expect, it } from 'vitest';
import { CtsError, type LoadReport, type Progress } from '#protocol';
import { LogPass, type LogPassOptions } from '../../../../server/services/logs/log-pass.ts';
import { joinEvents, makeCanLog } from '../../../support/log-builder.ts';
import { failBehind, fileOf, type MemoryLog, MemoryLogs } from '../../../support/memory-logs.ts';

const log = makeCanLog([
  { t: 1000, which: 'can', can: [[0x101, 0, '00']] },
  { t: 2000, which: 'can', can: [[0x105, 0, '01']] },
]);
const GARBAGE = new Uint8Array(64).fill(0xff);
const EIO = new CtsError('FILE_UNREADABLE', 'Cannot read x: the disk reported a read error');
const EMPTY = new CtsError('FILE_EMPTY', 'Cannot read x: it is empty');

let openStreams: () => number;

beforeEach(() => {
  openStreams = () => NaN;
});

async function startPass(content: MemoryLog, options: LogPassOptions = {}): Promise<LogPass> {
  const logs = new MemoryLogs({ log: content });
  openStreams = () => logs.openStreams;
  return new LogPass(await logs.locate('log'), options);
}

interface Walk {
  readonly tags: readonly number[];
  readonly report: LoadReport;
}

/** Reads a log to its end. */
async function walk(content: MemoryLog, options: LogPassOptions = {}): Promise<Walk> {
  const pass = await startPass(content, options);
  const tags: number[] = [];
  for await (const batch of pass) tags.push(...batch.tag.subarray(0, batch.length));
  return { tags, report: pass.report };
}

describe('a log of one file', () => {
  it('is read and told', async () => {
    const { tags, report } = await walk(fileOf(log));
    expect(tags).toEqual([4, 4]);
    expect(report).toEqual({
      name: 'log',
      segments: [
        {
          segment: null,
          name: 'rlog',
          kind: 'rlog',
          container: 'plain',
          fileBytes: log.length,
          logBytes: log.length,
          events: 2,
          unreadableEvents: 0,
          emptyMessages: 0,
          garbageBytes: 0,
          isWhole: true,
          problems: [],
        },
      ],
      fileBytes: log.length,
      logBytes: log.length,
      events: 2,
      isWhole: true,
      problems: [],
    });
    expect(openStreams()).toBe(0);
  });

  it('is read on behind garbage, unless that is not wanted', async () => {
    const damaged = joinEvents([log, GARBAGE, log]);
    const whole = await walk(fileOf(damaged));
    expect(whole.tags).toEqual([4, 4, 4, 4]);
    expect(whole.report.segments[0]).toMatchObject({ events: 4, garbageBytes: 64, isWhole: false });

    const stopped = await walk(fileOf(damaged), { stopAtGarbage: true });
    expect(stopped.tags).toEqual([4, 4]);
    expect(stopped.report.isWhole).toBe(false);
  });

  it('is delivered up to the place where its file fails, with that as its one problem', async () => {
    // More than one window of log.
    const long = joinEvents(Array.from({ length: 16_384 }, () => log));
    const { tags, report } = await walk(fileOf(failBehind(long, EIO)));
    expect(tags.length).toBeGreaterThan(16_384);
    expect(report).toMatchObject({ events: tags.length, isWhole: false });
    expect(report.segments.map(({ problems }) => problems)).toEqual([
      [{ code: 'SEGMENT_UNREADABLE', message: EIO.message }],
    ]);
  });

  it('is refused when its file fails at once', async () => {
    await expect(walk(fileOf(failBehind(log.subarray(0, 8), EIO)))).rejects.toBe(EIO);
    expect(openStreams()).toBe(0);
  });

  it('is read no further than the limit', async () => {
    const { report } = await walk(fileOf(log), { maxBytes: log.length - 1 });
    expect(report).toMatchObject({ events: 1, isWhole: false });
    expect(report.segments[0]?.problems.map(({ code }) => code)).toEqual(['SIZE_LIMIT', 'LOG_CUT']);
  });

  it.each([
    { what: 'text', bytes: new TextEncoder().encode('time,address\n1,2\n'.repeat(100)), code: 'NOT_A_LOG' },
    { what: 'zeros', bytes: new Uint8Array(4096), code: 'NOT_A_LOG' },
    { what: 'one byte', bytes: Uint8Array.of(1), code: 'NOT_A_LOG' },
    { what: 'nothing', bytes: new Uint8Array(0), code: 'FILE_EMPTY' },
    { what: 'gzip', bytes: Uint8Array.of(0x1f, 0x8b, 8, 0), code: 'UNSUPPORTED_CONTAINER' },
  ])('is refused when it is $what', async ({ bytes, code }) => {
    await expect(walk(fileOf(bytes))).rejects.toMatchObject({ code });
    expect(openStreams()).toBe(0);
  });

  it('may be whole and without events', async () => {
    // A zstd frame with no content.
    const empty = Uint8Array.from(Buffer.from('28b52ffd2000010000', 'hex'));
    expect((await walk(fileOf(empty))).report).toMatchObject({ events: 0, isWhole: true });
  });

  it('passes on what is no CtsError, and closes the file', async () => {
    await expect(walk(fileOf(failBehind(log, new TypeError('a bug'))))).rejects.toThrow(
      new TypeError('a bug'),
    );
    expect(openStreams()).toBe(0);
  });
});

describe('a log of several segments', () => {
  it('is read in order', async () => {
    const { tags, report } = await walk({ segments: { 0: log, 1: log, 2: log } });
    expect(tags).toHaveLength(6);
    expect(report).toMatchObject({ events: 6, isWhole: true, fileBytes: 3 * log.length, problems: [] });
    expect(report.segments.map(({ segment }) => segment)).toEqual([0, 1, 2]);
  });

  it.each([
    { what: 'first', segments: { 0: EMPTY, 1: log }, unreadable: 0 },
    { what: 'last', segments: { 0: log, 1: EMPTY }, unreadable: 1 },
  ])('passes over its $what segment when that cannot be opened', async ({ segments, unreadable }) => {
    const { tags, report } = await walk({ segments });
    expect(tags).toEqual([4, 4]);
    expect(report.isWhole).toBe(false);
    expect(report.segments[unreadable]).toMatchObject({
      container: null,
      events: 0,
      isWhole: false,
      problems: [{ code: 'SEGMENT_UNREADABLE', message: EMPTY.message, segment: unreadable }],
    });
  });

  it('has the first failure when none of its segments can be read', async () => {
    await expect(walk({ segments: { 0: EMPTY, 1: EIO } })).rejects.toBe(EMPTY);
  });

  it('is not whole when a segment is missing', async () => {
    const problems = [{ code: 'SEGMENT_MISSING', message: 'segment 1 is missing', segment: 1 }] as const;
    const { report } = await walk({ segments: { 0: log, 2: log }, problems });
    expect(report).toMatchObject({ isWhole: false, problems });
    expect(report.segments.every(({ isWhole }) => isWhole)).toBe(true);
  });

  it('tells when the first segment with events is over', async () => {
    const pass = await startPass({ segments: { 0: EMPTY, 1: log, 2: log } });
    const told: [length: number, isBehind: boolean][] = [];
    for await (const { length } of pass) told.push([length, pass.isBehindFirstEvents]);
    expect(told).toEqual([
      [2, false],
      [2, true],
    ]);
  });

  it('asks readers for their findings at the end of each segment', async () => {
    const pass = await startPass({ segments: { 0: log, 1: log } });
    let asked = 0;
    pass.includeFindings(() => [{ code: 'FRAMES_UNREADABLE', message: `finding ${String(++asked)}` }]);
    for await (const { length } of pass) expect(length).toBe(2);
    expect(pass.report.segments.map(({ problems }) => problems[0]?.message)).toEqual([
      'finding 1',
      'finding 2',
    ]);
  });
});

describe('progress', () => {
  it('counts the bytes of all files, and holds the work back', async () => {
    const told: Progress[] = [];
    let isBusy = false;
    await walk(
      { segments: { 0: log, 1: log } },
      {
        onProgress: async (progress) => {
          expect(isBusy).toBe(false);
          isBusy = true;
          await Promise.resolve();
          isBusy = false;
          told.push(progress);
        },
      },
    );
    expect(told).toEqual([
      { fraction: 0.5, message: 'reading segment 0' },
      { fraction: 1, message: 'reading segment 1' },
    ]);
  });
});

describe('breaking off', () => {
  it('reports what was read until there, and closes the file', async () => {
    const pass = await startPass({ segments: { 0: log, 1: log } });
    const batches = pass[Symbol.asyncIterator]();
    await batches.next();
    await batches.return();
    expect(pass.report).toMatchObject({ events: 2, segments: [{ segment: 0 }] });
    expect(openStreams()).toBe(0);
  });

  it('is done by a signal', async () => {
    const reason = new Error('enough');
    await expect(walk(fileOf(log), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(openStreams()).toBe(0);
  });
});
