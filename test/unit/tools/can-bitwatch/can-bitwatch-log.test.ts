import { describe, expect, it } from 'vitest';
import { rlogToCsv } from '../../../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { DATA_FILES, rowsOf, textOf, watchCsv, watchLog } from '../../../support/bitwatch-runs.ts';
import { type FramesLine, makeCanLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { seededRandom } from '../../../support/random.ts';
import { runTool } from '../../../support/tool-run.ts';

/** Events 10 ms apart, now and then one too early; halves of microseconds and payloads of several lengths. */
function makeDrive(events: number): readonly FramesLine[] {
  const next = seededRandom(7);
  const pick = (most: number): number => Math.floor(next() * (most + 1));
  return Array.from({ length: events }, (_, index) => {
    const early = pick(20) === 0 ? 25_000_000 : 0;
    const t = 5_000_000_000 + index * 10_000_000 - early + pick(4) * 500;
    const can = Array.from({ length: index === 0 ? 0 : 1 + pick(3) }, () => {
      const bytes = Array.from({ length: pick(9) }, () => pick(3));
      const address = [0x27, 0x321, 0x18daf110][pick(2)] ?? 0;
      return [address, [0, 1, 128][pick(2)] ?? 0, Buffer.from(bytes).toString('hex')] as const;
    });
    return { t, which: 'can', can };
  });
}

describe('can-bitwatch on a log', () => {
  it.each([
    { window_start: 1, window_dur: 1 },
    { window_start: 0.5, window_dur: 0 },
    { window_start: 0.000001, window_dur: 2.123456 },
    {},
  ])('writes what it writes for the CSV of rlog-to-csv: %j', async (window) => {
    const lines = makeDrive(300);
    const { files } = await runTool(rlogToCsv, {
      input: await openMemoryLog('drive', makeCanLog(lines)),
      parameters: window,
    });
    const watch = ['0x27:B0b7', '0x321:B1.1', '128:0x321:8'];
    const fromCsv = await watchCsv(files.get('drive.csv')?.toString() ?? '', { watch });
    const fromLog = await watchLog(lines, { ...window, watch });
    for (const file of DATA_FILES) {
      expect(textOf(fromLog, `analysis.${file}`)).toBe(textOf(fromCsv, `analysis.${file}`));
    }
    expect(rowsOf(fromLog, 'analysis.bit_edges.csv').length).toBeGreaterThan(20);
  });

  const steady: readonly FramesLine[] = Array.from({ length: 101 }, (_, index) => ({
    t: 7_000_000_000 + index * 100_000_000,
    which: 'can',
    can: [[0x10, 0, index > 30 && index <= 50 ? '01' : '00']],
  }));

  it('takes the end of the window instead of its length', async () => {
    const byLength = await watchLog(steady, { window_start: 2, window_dur: 4 });
    const byEnd = await watchLog(steady, { window_start: 2, window_end: 6 });
    for (const file of DATA_FILES)
      expect(textOf(byEnd, `analysis.${file}`)).toBe(textOf(byLength, `analysis.${file}`));
    expect(rowsOf(byEnd, 'analysis.candidates_window_only.csv')).toEqual(['0x010,0,2,0']);
    expect(rowsOf(byEnd, 'analysis.counts.csv')).toEqual(['0x010,20,41,40,1,0']);
  });

  it('lets a window without an end reach to the end of the log', async () => {
    const run = await watchLog(steady, { window_start: 3 });
    expect(rowsOf(run, 'analysis.counts.csv')).toEqual(['0x010,30,71,0,41,0']);
  });

  it.each([
    [
      { window_start: -1, window_dur: 1 },
      "Parameter 'window_start' is -1 s, before the start of drive; its frames go from 00:00.000 to 00:10.000",
    ],
    [
      { window_start: 11, window_dur: 1 },
      "Parameter 'window_start' is 00:11.000, after the end of drive; its frames go from 00:00.000 to 00:10.000",
    ],
    [
      { window_end: -0.5 },
      "Parameter 'window_end' is -1:59.500, before the first frame of drive; its frames go from 00:00.000 to 00:10.000",
    ],
    [
      { marker: 'blinkers' },
      "Parameter 'marker' finds no window: drive has no message 0x390, in which a Subaru reports its blinkers",
    ],
  ])('refuses %j', async (parameters, message) => {
    await expect(watchLog(steady, parameters)).rejects.toMatchObject({ code: 'INVALID_PARAMETER', message });
  });

  /** Left at 1 s, right at 2 s, left at 4 s, right at 5 s. */
  const blinking: readonly FramesLine[] = Array.from({ length: 71 }, (_, index) => {
    const second = Math.floor(index / 10);
    const blinkers = [1, 4].includes(second) ? '04' : [2, 5].includes(second) ? '08' : '00';
    return {
      t: 1_000_000_000 + index * 100_000_000,
      which: 'can',
      can: [[0x390, 1, `000000000000${blinkers}00`]],
    };
  });

  it('finds the windows that the blinkers mark', async () => {
    const run = await watchLog(blinking, { marker: 'blinkers', marker_pre: 0, marker_post: 0 });
    expect(rowsOf(run, 'analysis.counts.csv')).toEqual(['0x390,10,22,39,-17,1']);
    expect(textOf(run, 'analysis.report.html')).toContain('In 2 windows from ');
  });

  it('counts a stretch before and after each of them in', async () => {
    const run = await watchLog(blinking, { marker: 'blinkers', marker_pre: 0.5, marker_post: 0.25 });
    expect(rowsOf(run, 'analysis.counts.csv')).toEqual(['0x390,5,36,30,6,1']);
  });

  it('says that blinkers mark no window', async () => {
    await expect(watchLog(blinking.slice(0, 15), { marker: 'blinkers' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message:
        "Parameter 'marker' finds no window: in drive, no left blinker is followed by a right one within 15 s, among 1 changes of the blinkers on bus 1",
    });
  });

  it('takes a log without frames as one without findings', async () => {
    const run = await watchLog([{ t: 1, which: 'can' }], { window_start: 1, window_dur: 1 });
    expect(rowsOf(run, 'analysis.counts.csv')).toEqual([]);
    expect(textOf(run, 'analysis.per_address.json')).toBe('{}');
    expect(textOf(run, 'analysis.report.html')).toContain('There are no frames.');
  });
});
