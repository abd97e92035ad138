import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { executeJob } from '../../../server/services/execution/execute-job.ts';
import { readParameters } from '../../../server/services/tools/tool-parameters.ts';
import { ToolRegistry } from '../../../server/services/tools/tool-registry.ts';
import { rlogToCsv } from '../../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { type FramesLine, joinEvents, makeCanLog } from '../../support/log-builder.ts';
import { MemoryArtifacts } from '../../support/memory-artifacts.ts';
import { MemoryInputs, MemoryTexts, RecordedVoice } from '../../support/memory-execution.ts';
import { fileOf, type MemoryLog, MemoryLogs } from '../../support/memory-logs.ts';
import { makeJob, placeOf } from '../../support/run-job.ts';

const HEADER = 'window,segment,timestamp,address,bus,data_hex\r\n';
const SECOND = 1_000_000_000;

const LINES: readonly FramesLine[] = [
  { t: 10 * SECOND, which: 'can' },
  {
    t: 11 * SECOND,
    which: 'can',
    can: [
      [0x40, 0, '00FF'],
      [0x7ff, 2, ''],
    ],
  },
  { t: 12 * SECOND, which: 'sendcan', can: [[0x122, 0, 'AA']] },
  { t: 12.5 * SECOND, which: 'can', can: [[0x18daf110, 128, '0102030405060708']] },
  { t: 9 * SECOND, which: 'can', can: [[1, 255, '00']] },
];
const log = makeCanLog(LINES);

interface Conversion {
  readonly name: string;
  readonly text: string;
  readonly rows: number | null;
  readonly lines: readonly string[];
}

async function convert(content: MemoryLog, parameters: ParameterValues = {}): Promise<Conversion> {
  const folders = new MemoryArtifacts();
  const voice = new RecordedVoice();
  const outcome = await executeJob(
    makeJob('out', {
      toolId: 'rlog-to-csv',
      input: placeOf('drive'),
      parameters: readParameters(rlogToCsv, parameters),
    }),
    {
      tools: new ToolRegistry([rlogToCsv]),
      openLogs: () => new MemoryLogs({ drive: content }),
      folders,
      inputs: new MemoryInputs(),
      texts: new MemoryTexts(),
      clock: { monotonicMs: () => 0, now: () => '2026-01-02T03:04:05.000Z' },
    },
    { voice, signal: new AbortController().signal },
  );
  if (outcome.kind !== 'finished') throw new Error(JSON.stringify(outcome));
  const [file, ...others] = outcome.files;
  if (file === undefined || others.length > 0) throw new Error('There must be one file');
  const text = folders.files.get(`out/${file.name}`) ?? '';
  return { name: file.name, text, rows: file.rows, lines: voice.messages };
}

/** The second column of each row. */
function markersOf({ text }: Conversion): string {
  return text
    .split('\r\n')
    .slice(1, -1)
    .map((row) => row.split(',')[1])
    .join(' ');
}

describe('rlog-to-csv', () => {
  it('writes each frame as a row, in the order of the log', async () => {
    expect(await convert(fileOf(log))).toEqual({
      name: 'drive.csv',
      rows: 4,
      lines: ['Wrote drive.csv with 4 rows.'],
      text:
        HEADER +
        '1,pre,1.000000,0x040,0,00FF\r\n' +
        '1,pre,1.000000,0x7FF,2,\r\n' +
        '1,pre,2.500000,0x18DAF110,128,0102030405060708\r\n' +
        '1,pre,-1.000000,0x001,255,00\r\n',
    });
  });

  it('writes the header alone for a log without frames', async () => {
    const still = makeCanLog([{ t: 5, which: 'carState' }]);
    expect(await convert(fileOf(still))).toMatchObject({ name: 'drive.csv', rows: 0, text: HEADER });
  });

  it('writes more rows than fit a buffer, and a payload larger than it', async () => {
    const count = 20_000;
    const lines = Array.from({ length: count }, (_, i) => ({
      t: i * 1000,
      which: 'can',
      can: [[i & 0x7ff, 0, '0011223344556677']] as const,
    }));
    const large = { t: count * 1000, which: 'can', can: [[0x10, 0, 'AB'.repeat(700_000)]] as const };
    const { text, rows } = await convert(fileOf(makeCanLog([...lines, large])));
    expect(rows).toBe(count + 1);
    const written = text.split('\r\n');
    expect(written).toHaveLength(count + 3);
    expect(written[12_346]).toBe('1,pre,0.012345,0x039,0,0011223344556677');
    expect(written[count + 1]).toBe(`1,pre,0.020000,0x010,0,${'AB'.repeat(700_000)}`);
  });

  it.each([
    { parameters: { window_start: '1', window_dur: '1' }, markers: 'window window post pre' },
    { parameters: { window_start: 1, window_dur: 0 }, markers: 'window window post pre' },
    { parameters: { window_start: 1.5, window_dur: 1 }, markers: 'pre pre window pre' },
    { parameters: { 'window-start': -5, 'window-dur': 100 }, markers: 'window window window window' },
    { parameters: { window_start: 1 }, markers: 'pre pre pre pre' },
    { parameters: { window_dur: 1 }, markers: 'pre pre pre pre' },
  ])('marks the window $parameters', async ({ parameters, markers }) => {
    expect(markersOf(await convert(fileOf(log), parameters))).toBe(markers);
  });

  it('puts all segments of a route into one file, on one time line', async () => {
    const next = makeCanLog([{ t: 70 * SECOND, which: 'can', can: [[2, 0, '']] }]);
    const { name, rows, text } = await convert({ name: 'dongle/log', segments: { 0: log, 1: next } });
    expect({ name, rows }).toEqual({ name: 'dongle_log.csv', rows: 5 });
    expect(text).toMatch(/1,pre,60\.000000,0x002,0,\r\n$/);
  });

  it.each([
    { parameters: {}, rows: 8 },
    { parameters: { resync: false }, rows: 4 },
    { parameters: { resync: 'no' }, rows: 4 },
  ])('with $parameters has $rows rows of a damaged log', async ({ parameters, rows }) => {
    const damaged = joinEvents([log, new Uint8Array(40).fill(0xfe), log]);
    expect((await convert(fileOf(damaged), parameters)).rows).toBe(rows);
  });

  it('calls the file as it is told', async () => {
    expect((await convert(fileOf(log), { out: 'my frames.csv', repo_root: '/openpilot' })).name).toBe(
      'my frames.csv',
    );
  });

  it.each(['', 'a/b.csv', '../b.csv', 'a\\b.csv', 'a\0b', '.', '..'])(
    'does not call it "%s"',
    async (out) => {
      await expect(convert(fileOf(log), { out })).rejects.toMatchObject({
        code: 'INVALID_PARAMETER',
        message: expect.stringContaining('a plain file name is expected, without a folder') as unknown,
      });
    },
  );
});
