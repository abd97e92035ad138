import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type FramesTruth,
  type LogTruth,
  measureCsv,
  measureEvents,
  measureFrames,
  type TruthOptions,
} from '../support/log-truth.ts';
import { sharedDir } from '../support/shared.ts';

const data = join(sharedDir ?? '', 'data');
const SUFFIX = '.truth.json';
const ENGINES = ['zstd-napi', 'node:zlib'] as const;

/** Where our reader reads on and the reader of the truth stopped: events found with searching. */
const READ_ON: Readonly<Record<string, number>> = {
  'adv/adv-garbage-between': 4,
  'adv/adv-segment-count-huge': 4,
  'adv/adv-segment-sizes-overflow': 4,
  'corrupt-frame-header.rlog.zst': 1145,
};

/** One bad frame costs one frame; the reader of the truth gives up the event behind it. */
const FRAMES_KEPT: Readonly<Record<string, number>> = { 'adv/adv-one-frame-data-out-of-bounds': 24 };

/** Files of bytes that are no log at all. */
const NO_LOGS = ['adv/adv-all-ff', 'adv/adv-json', 'adv/adv-one-byte', 'adv/adv-plain-text'];

function listLogs(): readonly string[] {
  if (sharedDir === undefined) return [];
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(SUFFIX))
    .map((path) => path.slice(0, -SUFFIX.length))
    .sort();
}

const logs = listLogs();

function readTruth(log: string): LogTruth {
  return JSON.parse(readFileSync(join(data, log + SUFFIX), 'utf8')) as LogTruth;
}

function enginesFor(log: string): readonly TruthOptions['zstd'][] {
  return log.endsWith('.zst') || log.startsWith('zst-noext') ? ENGINES : ['zstd-napi'];
}

const cases = logs
  .filter((log) => !NO_LOGS.includes(log))
  .flatMap((log) => enginesFor(log).map((zstd) => ({ log, zstd })));

/** What the truth says of events, as `measureEvents` has it. */
function eventsOf(truth: LogTruth): object {
  const { readableEvents, byTag, eventsSha256, firstMonoTime, lastMonoTime, minMonoTime, maxMonoTime } =
    truth;
  const { inversions, segmentsPerMessage, events } = truth;
  return {
    readableEvents,
    byTag,
    eventsSha256,
    ...(readableEvents > 0 && { firstMonoTime, lastMonoTime, minMonoTime, maxMonoTime, inversions }),
    // Of messages that are no events the segments are counted there, not here.
    segmentsPerMessage: events === readableEvents ? segmentsPerMessage : (expect.anything() as unknown),
  };
}

describe.skipIf(sharedDir === undefined)('every log with a known truth', () => {
  it('is there', () => {
    expect(logs).toHaveLength(73);
    expect(logs).toEqual(
      expect.arrayContaining([...Object.keys(READ_ON), ...Object.keys(FRAMES_KEPT), ...NO_LOGS]),
    );
  });

  it.each(cases)('$log has its events ($zstd)', async ({ log, zstd }) => {
    const truth = readTruth(log);
    const stopAtGarbage = log in READ_ON;
    const { report, ...events } = await measureEvents(join(data, log), { zstd, stopAtGarbage });
    expect(events).toEqual(eventsOf(truth));
    expect(report.events).toBe(truth.readableEvents);
    if (!truth.framingOk) expect(report.isWhole).toBe(false);
  });

  it.each(cases)('$log has its frames and its CSV ($zstd)', async ({ log, zstd }) => {
    const truth = readTruth(log);
    const options = { zstd, stopAtGarbage: log in READ_ON };
    const can = await measureFrames(join(data, log), 'can', options);
    const sendcan = await measureFrames(join(data, log), 'sendcan', options);
    const csv = await measureCsv(join(data, log), options);
    if (log in FRAMES_KEPT) {
      expect([can.frames, csv.rows]).toEqual([FRAMES_KEPT[log], FRAMES_KEPT[log]]);
      for (const [id, count] of Object.entries(truth.can.byBusAddress))
        expect(can.byBusAddress[id]).toBeGreaterThanOrEqual(count);
    } else {
      expect(can).toEqual(framesOf(truth.can));
      expect(csv).toEqual({ rows: truth.csv.rows, sha256: truth.csv.sha256 });
    }
    expect(sendcan).toEqual(framesOf(truth.sendcan));
  });
});

function framesOf({ frames, payloadSha256, framesSha256, byBusAddress }: FramesTruth): FramesTruth {
  return { frames, payloadSha256, framesSha256, byBusAddress };
}

describe.skipIf(sharedDir === undefined)('behind damage in the middle', () => {
  it.each(cases.filter(({ log }) => log in READ_ON))('$log goes on ($zstd)', async ({ log, zstd }) => {
    const truth = readTruth(log);
    const path = join(data, log);
    const { report, ...prefix } = await measureEvents(path, { zstd, eventLimit: truth.readableEvents });
    expect(prefix).toEqual(eventsOf(truth));
    expect({ events: report.events, isWhole: report.isWhole }).toEqual({
      events: READ_ON[log],
      isWhole: false,
    });
  });
});

describe.skipIf(sharedDir === undefined)('what is no log', () => {
  it.each(NO_LOGS)('%s is refused', async (log) => {
    expect(readTruth(log).readableEvents).toBe(0);
    await expect(measureCsv(join(data, log), { zstd: 'zstd-napi' })).rejects.toMatchObject({
      code: 'NOT_A_LOG',
    });
  });
});

interface Vector {
  readonly file: string;
  readonly completeEvents: number;
  readonly plainBytesConsumed: number;
  readonly plainBytes: number;
}

const vectors = join(sharedDir ?? '', 'vectors/schema/log');

function listVectors(): readonly Vector[] {
  if (sharedDir === undefined) return [];
  return (JSON.parse(readFileSync(join(vectors, 'files.json'), 'utf8')) as { cases: Vector[] }).cases;
}

function listStreams(): readonly string[] {
  if (sharedDir === undefined) return [];
  return readdirSync(vectors).filter((name) => name.endsWith('.bin'));
}

describe.skipIf(sharedDir === undefined)('event streams of the vectors', () => {
  const filled = listVectors().filter(({ completeEvents }) => completeEvents > 0);
  it.each(filled.flatMap((each) => enginesFor(each.file).map((zstd) => ({ ...each, zstd }))))(
    '$file has $completeEvents events ($zstd)',
    async ({ file, zstd, completeEvents, plainBytes, plainBytesConsumed }) => {
      const { report } = await measureEvents(join(vectors, file), { zstd });
      expect(report).toMatchObject({ events: completeEvents, logBytes: plainBytes });
      const cut = report.segments[0]?.problems.find(({ code }) => code === 'LOG_CUT');
      expect(cut?.atByte ?? plainBytes).toBe(plainBytesConsumed);
    },
  );

  it('an empty file is refused', async () => {
    await expect(measureEvents(join(vectors, 'empty.rlog'), { zstd: 'zstd-napi' })).rejects.toMatchObject({
      code: 'FILE_EMPTY',
    });
  });

  it.each(listStreams())('%s has the times of its events', async (name) => {
    const lines = readFileSync(join(vectors, name.replace('.bin', '.jsonl')), 'utf8')
      .trimEnd()
      .split('\n');
    const times = lines.map((line) => (JSON.parse(line) as { logMonoTime: string }).logMonoTime);
    const found = await measureEvents(join(vectors, name), { zstd: 'zstd-napi' });
    expect(found).toMatchObject({
      readableEvents: times.length,
      firstMonoTime: times[0],
      lastMonoTime: times.at(-1),
    });
  });
});

it.skipIf(sharedDir === undefined)('no file is forgotten', () => {
  const known = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|[/.-])[rq]log(\.zst|\.bz2)?$|^adv\/[\w-]+$/.test(path),
  );
  const without = known.filter((path) => !logs.includes(path)).map((path) => relative('.', path));
  expect(without.sort()).toEqual([
    'bad-checksum.rlog.zst',
    'bitflip-zst-stream.rlog.zst',
    'bomb-content-size-2g.rlog.zst',
    'bomb-content-size.rlog.zst',
    'bomb-events.rlog.zst',
    'bomb-zeros.rlog.zst',
  ]);
});
