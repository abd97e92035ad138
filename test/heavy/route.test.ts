import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileLogLocator } from '../../server/adapters/files/log-locator.ts';
import { describeLog } from '../../server/services/logs/log-info.ts';
import { runCtsProcess } from '../support/cts-process.ts';
import { type LogTruth, measureCsv, measureEvents, measureFrames } from '../support/log-truth.ts';
import { sharedDir } from '../support/shared.ts';

const route = join(sharedDir ?? '', 'data/route');
const ROUTE_NAME = '0000000000000000/00000001--a1b2c3d4e5';
const ENGINE = { zstd: 'zstd-napi' } as const;

const copies: string[] = [];
afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

function readTruths(log: 'rlog.zst' | 'qlog.zst'): readonly LogTruth[] {
  return readdirSync(route)
    .sort()
    .map((segment) => readFileSync(join(route, segment, `${log}.truth.json`), 'utf8'))
    .map((text) => JSON.parse(text) as LogTruth);
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}

/** Copies the route without what `isWanted` refuses; paths count from the route's folder. */
function copyRoute(isWanted: (path: string) => boolean): string {
  const copy = mkdtempSync(join(tmpdir(), 'cts-route-'));
  copies.push(copy);
  cpSync(route, copy, { recursive: true, filter: (path) => isWanted(path.slice(route.length + 1)) });
  return copy;
}

describe.skipIf(sharedDir === undefined || !existsSync(route))('a route of five segments', () => {
  it('is one log on one time line', async () => {
    const truths = readTruths('rlog.zst');
    expect(truths).toHaveLength(5);
    const info = await describeLog(await new FileLogLocator().locate(route), { path: route }, {});
    expect(info).toMatchObject({
      route: ROUTE_NAME,
      monoTime: {
        first: truths[0]?.firstMonoTime,
        last: truths[4]?.lastMonoTime,
        max: truths[4]?.maxMonoTime,
      },
    });
    expect(info.report).toMatchObject({
      isWhole: true,
      events: sum(truths, (truth) => truth.readableEvents),
    });
    expect(info.report.segments.map(({ segment, kind, events }) => [segment, kind, events])).toEqual(
      truths.map((truth, segment) => [segment, 'rlog', truth.readableEvents]),
    );
    const counts = Object.fromEntries(info.services.map(({ tag, count }) => [tag, count]));
    const tags = [...new Set(truths.flatMap(({ byTag }) => Object.keys(byTag)))];
    expect(counts).toEqual(
      Object.fromEntries(tags.map((tag) => [tag, sum(truths, ({ byTag }) => byTag[tag] ?? 0)])),
    );
  });

  it.each(['can', 'sendcan'] as const)('has the frames of all segments: %s', async (service) => {
    const frames = await measureFrames(route, service, ENGINE);
    expect(frames.frames).toBe(sum(readTruths('rlog.zst'), (truth) => truth[service].frames));
  });

  it('becomes one CSV file with a row for each frame', async () => {
    const { rows } = await measureCsv(route, ENGINE);
    expect(rows).toBe(sum(readTruths('rlog.zst'), (truth) => truth.csv.rows));
  });

  it('is read as qlogs on demand', async () => {
    const { report } = await measureEvents(`${route}/${ROUTE_NAME}/q`, ENGINE);
    expect(report.segments.map(({ kind }) => kind)).toEqual(Array(5).fill('qlog'));
    expect(report.events).toBe(sum(readTruths('qlog.zst'), (truth) => truth.readableEvents));
  });

  it('is read in part on demand', async () => {
    const truths = readTruths('rlog.zst').slice(1, 3);
    const { report } = await measureEvents(`${route}/${ROUTE_NAME}/1:3`, ENGINE);
    expect(report).toMatchObject({ isWhole: true, events: sum(truths, (truth) => truth.readableEvents) });
  });

  it('is read without a segment that is missing, and tells which', async () => {
    const copy = copyRoute((path) => !path.includes('--2'));
    const truths = readTruths('rlog.zst').filter((_, segment) => segment !== 2);
    const { report } = await measureEvents(copy, ENGINE);
    expect(report.problems).toEqual([
      {
        code: 'SEGMENT_MISSING',
        segment: 2,
        count: 1,
        message: expect.stringContaining('segment 2 is missing') as string,
      },
    ]);
    expect(report).toMatchObject({ isWhole: false, events: sum(truths, (truth) => truth.readableEvents) });
    expect(report.segments.map(({ segment }) => segment)).toEqual([0, 1, 3, 4]);

    const args = ['run', 'rlog-to-csv', '--path', copy, '--out-dir', '.'];
    const { exitCode, stdout, stderr } = await runCtsProcess(args, { cwd: copy });
    const rows = sum(truths, (truth) => truth.csv.rows);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `Wrote ${ROUTE_NAME.replace('/', '_')}.csv with ${String(rows)} rows.\n`,
    });
    expect(stderr).toContain('\n  SEGMENT_MISSING  segment 2 is missing');
  });

  it('reads the qlog of a segment that has no rlog, and tells so', async () => {
    const copy = copyRoute((path) => !path.endsWith('--4/rlog.zst'));
    const { report } = await measureEvents(copy, ENGINE);
    expect(report.segments.map(({ kind }) => kind)).toEqual(['rlog', 'rlog', 'rlog', 'rlog', 'qlog']);
    expect(report.isWhole).toBe(false);
    const rlogs = readTruths('rlog.zst').slice(0, 4);
    expect(report.events).toBe(
      sum(rlogs, (truth) => truth.readableEvents) + (readTruths('qlog.zst')[4]?.readableEvents ?? NaN),
    );
  });
});
