import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { CTS_VERSION } from '#protocol';
import { OpenedLog } from '../../../../server/services/logs/log-access.ts';
import { canBitwatch } from '../../../../server/tools/can-bitwatch/can-bitwatch.ts';
import type { LogAccess, TextAccess } from '../../../../server/tools/input-access.ts';
import { rlogToCsv } from '../../../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { type FramesLine, makeCanLog } from '../../../support/log-builder.ts';
import { fileOf, MemoryLogs } from '../../../support/memory-logs.ts';
import { seededRandom } from '../../../support/random.ts';
import { runTool, textInput, type ToolRun } from '../../../support/tool-run.ts';

const HEADER = 'window,segment,timestamp,address,bus,data_hex\n';
const DATA_FILES = [
  'counts.csv',
  'per_address.json',
  'bit_edges.csv',
  'candidates_window_only.csv',
  'accel_hunt.csv',
];

async function openMemoryLog(lines: readonly FramesLine[]): Promise<LogAccess> {
  const logs = new MemoryLogs({ drive: fileOf(makeCanLog(lines)) });
  return new OpenedLog(await logs.locate('drive'), {});
}

async function watchLog(lines: readonly FramesLine[], parameters: ParameterValues): Promise<ToolRun> {
  return runTool(canBitwatch, { input: await openMemoryLog(lines), parameters });
}

function watchCsv(csv: string, parameters: ParameterValues = {}): Promise<ToolRun> {
  return runTool(canBitwatch, { input: textInput('drive.csv', csv), parameters });
}

function textOf({ files }: ToolRun, name: string): string {
  return files.get(name)?.toString() ?? `${name} is not written`;
}

/** Lines below the header. */
function rowsOf(run: ToolRun, name: string): string[] {
  return textOf(run, name).split('\r\n').slice(1, -1);
}

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
    const { files } = await runTool(rlogToCsv, { input: await openMemoryLog(lines), parameters: window });
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
      "Parameter 'window_start' is -1:59.000, before the start of drive; its frames go from 00:00.000 to 00:10.000",
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

  it('stops when the run is cancelled', async () => {
    const stop = new AbortController();
    const input = textInput('drive.csv', makeLargeCsv(), 1 << 16);
    const run = runTool(canBitwatch, { input, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(run).rejects.toBe(stop.signal.reason);
  });
});

/** Enough messages to take longer than work goes on without a pause. */
function makeLargeCsv(): string {
  const rows = Array.from({ length: 60_000 }, (_, at) => `1,pre,${String(at)},${String(at % 20_000)},0,01`);
  return HEADER + rows.join('\n');
}

describe('can-bitwatch on CSV', () => {
  const csv = `${HEADER}1,pre,0,0x10,0,00\n1,window,1,0x10,0,01\n1,window,3,0x10,0,00\n1,post,4,0x10,0,00\n`;

  it.each([
    [{ window_dur: 1, window_start: 0 }, 'window_dur'],
    [{ marker: 'blinkers' }, 'marker'],
  ])('refuses what only logs have: %j', async (parameters, parameter) => {
    await expect(watchCsv(csv, parameters)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: `Parameter '${parameter}' is for logs: the rows of drive.csv say themselves what is window`,
    });
  });

  it.each([
    [{}, '[2.0],False'],
    [{ pulse_count: 1 }, '[2.0],True'],
    [{ pulse_count: 1, pulse_sec: 1.6, pulse_tol: 0.4 }, '[2.0],True'],
    [{ pulse_count: 1, pulse_sec: 1.6, pulse_tol: 0.3 }, '[2.0],False'],
    [{ window_end: 2.5 }, '[1.5],False'],
    [{ window_start: 1.5 }, '[],False'],
  ])('measures pulses by the rule: %j', async (parameters, expected) => {
    const run = await watchCsv(csv.replace('1,window,1,', '1,window,0.5,0x10,0,00\n1,window,1,'), parameters);
    expect(rowsOf(run, 'analysis.accel_hunt.csv')).toEqual([`0x010,0,${expected},0`]);
  });

  it('looks at some buses only', async () => {
    const run = await watchCsv(`${csv}1,pre,5,0x20,1,00\n1,pre,5,0x30,128,00\n`, { buses: ['1', '128'] });
    expect(rowsOf(run, 'analysis.counts.csv')).toEqual(['0x020,1,0,0,-1,1', '0x030,1,0,0,-1,128']);
  });

  it('compares 8 bytes, or as many as asked for, and says what it leaves out', async () => {
    const long = csv.replaceAll(/,0x10,0,0(\d)/g, ',0x10,0,000000000000000000000$1');
    const short = await watchCsv(long);
    expect(rowsOf(short, 'analysis.candidates_window_only.csv')).toEqual([]);
    expect(short.lines).toContain(
      'WARNING 4 frames have more than 8 bytes; the others are not compared. payload_bytes=64 compares all.',
    );
    const whole = await watchCsv(long, { payload_bytes: 11, watch: ['0x10:B10b7'] });
    expect(rowsOf(whole, 'analysis.candidates_window_only.csv')).toEqual(['0x010,80,2,0']);
    expect(rowsOf(whole, 'analysis.bit_edges.csv')).toHaveLength(2);
  });

  it('watches a bit once that is named twice, and says so', async () => {
    const run = await watchCsv(csv, { watch: ['0x10:B0b7', '0:0x10:0', '0x10:B0.0'] });
    expect(rowsOf(run, 'analysis.bit_edges.csv')).toEqual([
      '0x010,0,7,0,0,1.0,00:00.000,0->1,window,0',
      '0x010,0,7,0,0,3.0,00:02.000,1->0,window,0',
    ]);
    expect(run.lines).toContain(
      'WARNING 0x010 bit 0 (MSB B0b7) is to be watched twice; its edges are listed once.',
    );
  });

  it('reads a watchlist instead of the default, and tells what it skips', async () => {
    const list = (): TextAccess => textInput('list.txt', '# ours\n0x10:B0b7  # the button\n0x13A:computed\n');
    const run = await runTool(canBitwatch, {
      input: textInput('drive.csv', csv),
      files: { watchlist: [list()] },
      parameters: { watchlist: 'list.txt' },
    });
    expect(rowsOf(run, 'analysis.bit_edges.csv')).toHaveLength(2);
    expect(run.lines).toContain(
      'WARNING list.txt, line 3: "0x13A:computed" is skipped: it stands for a value computed from the message, which is no single bit.',
    );
    expect(textOf(run, 'analysis.report.html')).toContain('the button');
    const both = await runTool(canBitwatch, {
      input: textInput('drive.csv', csv),
      files: { watchlist: [list()] },
      parameters: { watchlist: 'list.txt', watch: ['0x10:0'] },
    });
    expect(both.lines.filter((line) => line.includes('twice'))).toHaveLength(1);
  });

  it('refuses a line of a watchlist that names no bit', async () => {
    const run = runTool(canBitwatch, {
      input: textInput('drive.csv', csv),
      files: { watchlist: [textInput('list.txt', '0x10:B0b7\n0x10\n')] },
      parameters: { watchlist: 'list.txt' },
    });
    await expect(run).rejects.toThrow(/^Line 2 of the watchlist: Cannot watch "0x10"/);
  });

  it.each([
    ['a/b/run1', 'run1'],
    ['..\\out', 'out'],
  ])('calls files after the last part of the path %s', async (output_prefix, prefix) => {
    const run = await watchCsv(csv, { output_prefix });
    expect([...run.files.keys()]).toEqual(
      [...DATA_FILES, 'report.html', 'analysis_meta.json'].map((file) => `${prefix}.${file}`),
    );
    expect(run.lines).toContain(
      `INFO Files become artifacts of the run: of "${output_prefix}", "${prefix}" is their prefix.`,
    );
  });

  it('leaves the tables as JSON too', async () => {
    const run = await watchCsv(csv, { export_json: true, watch: ['0x10:0'] });
    expect(JSON.parse(textOf(run, 'analysis.accel_hunt.json'))).toEqual([
      { address: '0x010', global_idx: 0, pulses: [], valid_three_2s: false, bus: 0 },
    ]);
    expect(JSON.parse(textOf(run, 'analysis.bit_edges.json'))).toHaveLength(2);
    expect(run.files.has('analysis.counts.json')).toBe(true);
  });

  it('tells where its results come from', async () => {
    const run = await watchCsv(csv, { window_start: 0.5 });
    const again = await watchCsv(csv, { window_start: 0.5 });
    expect([...again.files]).toEqual([...run.files]);
    expect(JSON.parse(textOf(run, 'analysis.analysis_meta.json'))).toMatchObject({
      schema_version: 'analysis_meta.v1',
      tool: 'can-bitwatch',
      cts_version: CTS_VERSION,
      timestamp: '2025-01-02T03:04:05.678Z',
      inputs: [
        { name: 'drive.csv', size_bytes: 9, sha256: expect.stringMatching(/^[\da-f]{64}$/) as string },
      ],
      parameters: { window_start: 0.5, window_dur: null, pulse_sec: 2, payload_bytes: 8 },
      window_start_s: 0.5,
      window_end_s: 3,
      frames: 4,
      files: [...run.files.keys()].slice(0, -1),
    });
  });

  it('says when there is no window, and when there are no payloads', async () => {
    const run = await watchCsv('segment,timestamp,address\npre,1,2\n');
    expect(run.lines).toContain('WARNING No frame lies in a window: there can be no candidates.');
    expect(run.lines).toContain('WARNING There is no column data_hex or data: all payloads are empty.');
    const page = textOf(run, 'analysis.report.html');
    expect(page).toContain('There is no window.');
    expect(page).toContain('There are no payloads.');
  });

  it('names the best candidate in both numberings, and puts the one with the pulses first', async () => {
    const rows = Array.from({ length: 140 }, (_, at) => {
      const segment = at < 10 ? 'pre' : at < 130 ? 'window' : 'post';
      const isPulse = at >= 20 && at < 110 && (at - 20) % 30 < 20;
      const isOnce = at >= 50 && at < 130;
      return `1,${segment},${String(at / 10)},0x27,1,${isPulse ? '4' : '0'}${isOnce ? '1' : '0'}`;
    });
    const run = await watchCsv(HEADER + rows.join('\n'), { watch: [] });
    expect(rowsOf(run, 'analysis.accel_hunt.csv')).toEqual(['0x027,6,"[2.0, 2.0, 2.0]",True,1']);
    expect(textOf(run, 'analysis.report.html')).toContain('0x027 bit 6 (MSB B0b1) on bus 1');
  });
});
