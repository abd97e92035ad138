import { describe, expect, it } from 'vitest';
import { CTS_VERSION } from '#protocol';
import { canBitwatch } from '../../../../server/tools/can-bitwatch/can-bitwatch.ts';
import type { TextAccess } from '../../../../server/tools/input-access.ts';
import { DATA_FILES, rowsOf, textOf, watchCsv } from '../../../support/bitwatch-runs.ts';
import { runTool, textInput } from '../../../support/tool-run.ts';

const HEADER = 'window,segment,timestamp,address,bus,data_hex\n';

/** Enough messages to take longer than work goes on without a pause. */
function makeLargeCsv(): string {
  const rows = Array.from({ length: 60_000 }, (_, at) => `1,pre,${String(at)},${String(at % 20_000)},0,01`);
  return HEADER + rows.join('\n');
}

describe('can-bitwatch on CSV', () => {
  it('stops when the run is cancelled', async () => {
    const stop = new AbortController();
    const input = textInput('drive.csv', makeLargeCsv(), 1 << 16);
    const run = runTool(canBitwatch, { input, signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(run).rejects.toBe(stop.signal.reason);
  });

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

  const dbc = 'BO_ 16 BUTTONS: 1 X\n SG_ SET : 1|2@0+ (1,0) [0|0] "" X\n SG_ RES : 7|1@1+ (1,0) [0|0] "" X\n';

  it.each([
    ['BUTTONS.SET', 'car.dbc', ['0x010 bit 1 (MSB B0b6)', '0x010 bit 0 (MSB B0b7)']],
    ['RES', 'car.dbc', ['0x010 bit 7 (MSB B0b0)']],
    ['RES', '2=car.dbc', ['0x010 bit 7 (MSB B0b0) on bus 2']],
    ['0:R*', 'car.dbc', ['0x010 bit 7 (MSB B0b0) on bus 0']],
  ])('watches all bits of the signal %s of %s', async (signal, file, watched) => {
    const run = await runTool(canBitwatch, {
      input: textInput('drive.csv', csv),
      files: { dbc: [textInput('car.dbc', dbc)] },
      parameters: { dbc: file, watch: [signal] },
    });
    expect(JSON.parse(textOf(run, 'analysis.analysis_meta.json'))).toMatchObject({ watched_bits: watched });
  });

  it('tells what the bits of a watched signal are', async () => {
    const run = await runTool(canBitwatch, {
      input: textInput('drive.csv', csv),
      files: { dbc: [textInput('car.dbc', dbc)] },
      parameters: { dbc: 'car.dbc', watch: ['SET'] },
    });
    expect(textOf(run, 'analysis.report.html')).toContain('BUTTONS.SET');
    expect(rowsOf(run, 'analysis.bit_edges.csv')).toHaveLength(2);
  });

  it.each([
    ['car.dbc', 'STE', 'There is no signal "STE" in car'],
    ['1=car.dbc', '0:SET', 'SET names a signal, and no database was given for its bus'],
  ])('refuses with %s to watch the signal %s', async (file, signal, message) => {
    const run = runTool(canBitwatch, {
      input: textInput('drive.csv', csv),
      files: { dbc: [textInput('car.dbc', dbc)] },
      parameters: { dbc: file, watch: [signal] },
    });
    await expect(run).rejects.toThrow(message);
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
