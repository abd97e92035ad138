import { describe, expect, it } from 'vitest';
import type { ParameterValues, TimeChart } from '#protocol';
import { cruiseControlAnalyzer } from '../../../../server/tools/cruise-control-analyzer/cruise-control-analyzer.ts';
import { readCsvTable, type CsvTable } from '../../../support/exported-table.ts';
import { expectGolden } from '../../../support/golden.ts';
import { makeCanLog, makeLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { listDriveEvents, makeSubaruDrive } from '../../../support/subaru-drive.ts';
import { runTool, type ToolRun } from '../../../support/tool-run.ts';

const drive = makeSubaruDrive();

async function analyze(parameters: ParameterValues = {}, log: Uint8Array = drive): Promise<ToolRun> {
  return runTool(cruiseControlAnalyzer, { input: await openMemoryLog('drive.rlog', log), parameters });
}

function tableOf(run: ToolRun, name: string): CsvTable {
  return readCsvTable(run.files.get(`${name}.csv`)?.toString() ?? '');
}

describe('a drive of 20 s', () => {
  it.each(['counts_by_segment', 'candidates', 'edges', 'runs', 'timeline', 'engaged_intervals'])(
    'gives the table %s, cell by cell',
    async (name) => {
      const run = await analyze({ export_csv: true, engaged_bit: '0x241:B6b0' });
      const text = run.files.get(`${name}.csv`)?.toString() ?? '';
      expectGolden(
        `cruise-control-analyzer/${name}.csv`,
        text.replace(/^# .*\n/gm, '').replaceAll('\r\n', '\n'),
      );
    },
  );

  it('is told line by line', async () => {
    const { lines } = await analyze({ engaged_bit: '0x241:B6b0' });
    expectGolden('cruise-control-analyzer/lines.txt', `${lines.join('\n')}\n`);
  });

  it('leaves report and chart, and tables where they are asked for', async () => {
    const always = ['analysis_report.html', 'speed_timeline.chart.json', 'speed_timeline.svg'];
    const names = ['candidates', 'counts_by_segment', 'edges', 'engaged_intervals', 'runs', 'timeline'];
    const kinds = (extension: string): string[] => names.map((name) => `${name}.${extension}`);
    const list = async (parameters: ParameterValues): Promise<string[]> =>
      [...(await analyze(parameters)).files.keys()].sort();
    const around = [...always, 'config_snapshot.json', ...kinds('analysis_meta.json')];
    expect(await list({})).toEqual(always);
    expect(await list({ export_csv: true })).toEqual([...around, ...kinds('csv')].sort());
    expect(await list({ export_json: true })).toEqual([...around, ...kinds('json')].sort());
  });

  it('gives the same bytes twice', async () => {
    const [first, second] = [
      await analyze({ export_csv: true, export_json: true }),
      await analyze({ export_csv: true, export_json: true }),
    ];
    expect(second.files).toEqual(first.files);
    expect(second.lines).toEqual(first.lines);
  });

  it('draws speed, target, presses and what held when', async () => {
    const chart = JSON.parse(
      (await analyze()).files.get('speed_timeline.chart.json')?.toString() ?? '',
    ) as TimeChart;
    expect(chart).toMatchObject({ title: 'Speed and events', from: 0 });
    expect(chart.to).toBeCloseTo(19.9, 6);
    const [panel] = chart.panels;
    expect(panel?.bands).toEqual([{ from: 55, to: 56, label: 'target 55–56\u00a0mph' }]);
    expect(panel?.marks.map(({ label, at }) => [label, Math.round(10 * at) / 10])).toEqual([
      ['SET 1 · 55.5\u00a0mph', 6],
      ['SET 2 · 53.5\u00a0mph', 14],
    ]);
    expect(panel?.spans).toHaveLength(1);
    expect(chart.lanes.map(({ label, spans }) => [label, spans.length])).toEqual([
      ['SET', 2],
      ['RESUME', 0],
      ['MAIN', 1],
      ['Cruise on', 1],
      ['Activated', 1],
      ['Brake', 1],
      ['ES brake', 0],
      ['Blinker', 2],
      ['Marker', 1],
    ]);
  });

  it('keeps the target in the chart within reach of the speeds', async () => {
    const run = await analyze({ speed_min: 55, speed_max: 500 });
    const chart = JSON.parse(run.files.get('speed_timeline.chart.json')?.toString() ?? '') as TimeChart;
    const [band] = chart.panels[0]?.bands ?? [];
    expect(band?.label).toBe('target 55–500\u00a0mph');
    expect(band?.to).toBeLessThan(70);
  });

  it('filters edges, runs and moments by the engaged intervals', async () => {
    const run = await analyze({
      export_csv: true,
      engaged_bit: '0x241:b55',
      engaged_mode: 'filter',
      engaged_margin: 0.05,
    });
    const intervals = tableOf(run, 'engaged_intervals').objects;
    expect(intervals.map(({ start_abs, end_abs, bus }) => [start_abs, end_abs, bus])).toEqual([
      ['106.05', '110.15', '0'],
    ]);
    const times = tableOf(run, 'edges').objects.map(({ ts_abs }) => Number(ts_abs));
    expect(times.length).toBeGreaterThan(0);
    expect(times.every((at) => at >= 106.05 && at <= 110.15)).toBe(true);
    expect(tableOf(run, 'edges').header.get('meta_json')).toContain('"candidates_scope":"full-window"');
    expect(run.lines.join('\n')).toMatch(
      /Engaged: 1 interval; left out \d+ edges, \d+ runs and \d+ moments outside\./,
    );
  });

  it('takes markers by hand and from buttons', async () => {
    const manual = await analyze({ export_csv: true, marker_type: 'manual', marker_times: '7.9-8.6,15-16' });
    const marked = ({ origin }: Readonly<Record<string, string>>): boolean => origin === 'marker';
    expect(tableOf(manual, 'runs').objects.filter(marked)).toMatchObject([
      { address_hex: '', bit_global: '', start_abs: '115.0', end_abs: '116.0', bus: '' },
      { address_hex: '', bit_global: '', start_abs: '107.9', end_abs: '108.6', bus: '' },
    ]);
    expect(manual.files.get('analysis_report.html')?.toString()).toContain(
      '<strong>2 given marker windows</strong>',
    );
    const buttons = await analyze({ export_csv: true, marker_type: 'cruise-buttons' });
    expect(tableOf(buttons, 'runs').objects.filter(marked)).toMatchObject([
      { address_hex: '0x146', start_abs: '114.0', end_mmss: 'incomplete', end_abs: '0.0', duration_s: '0.0' },
    ]);
  });

  it('lists runs of watched bits', async () => {
    const run = await analyze({ export_csv: true, marker_type: 'none', watch: '1:0x027:B5b1' });
    expect(tableOf(run, 'runs').objects.filter(({ origin }) => origin === 'watch')).toMatchObject([
      { address_hex: '0x027', bit_global: '46', start_abs: '108.0', end_abs: '108.5', bus: '1' },
    ]);
  });

  it('says what it ignores', async () => {
    const { lines } = await analyze({
      repo_root: '/x',
      deps_dir: '/y',
      install_missing_deps: true,
      output_dir: 'out',
    });
    expect(lines.slice(0, 2)).toEqual([
      'INFO Ignored: repo_root, deps_dir, install_missing_deps. Neither openpilot nor Python packages are needed.',
      'INFO Ignored: output_dir. Files become artifacts of the run; --out-dir brings them.',
    ]);
  });

  it('looks at as many events as it may', async () => {
    const run = await analyze({ max_events: 52 });
    expect(run.lines[0]).toBe(
      'INFO Read 52 events of a SUBARU_OUTBACK, 50 of them with 400 CAN frames on buses 0, 1 and 2.',
    );
    expect(run.files.get('analysis_report.html')?.toString()).toContain(
      '150 more were left out because of max_events.',
    );
  });

  it('stops when it is told to', async () => {
    const input = await openMemoryLog('drive.rlog', drive);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(runTool(cruiseControlAnalyzer, { input, signal })).rejects.toThrow('enough');
  });

  it('tells how far it is', async () => {
    const { fractions } = await analyze({ export_csv: true });
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(1);
  });
});

describe('logs with little in them', () => {
  it('reads one without CAN', async () => {
    const log = makeLog(listDriveEvents().filter(({ service }) => service !== 'can'));
    const run = await analyze({ export_csv: true, export_json: true }, log);
    expect(run.lines[0]).toBe('INFO Read 2 events of a SUBARU_OUTBACK, 0 of them with 0 CAN frames.');
    expect(run.files.has('speed_timeline.svg')).toBe(false);
    for (const name of [
      'counts_by_segment',
      'candidates',
      'edges',
      'runs',
      'timeline',
      'engaged_intervals',
    ]) {
      expect(tableOf(run, name).rows).toEqual([]);
      expect(run.files.get(`${name}.json`)?.toString()).toBe('[]');
    }
    expect(run.files.get('analysis_report.html')?.toString()).toContain('This log has no CAN frames.');
  });

  it('reads one with a single frame', async () => {
    const log = makeCanLog([{ t: 5e9, which: 'can', can: [[0x13a, 0, '0000000000000000']] }]);
    const run = await analyze({ export_csv: true }, log);
    expect(run.lines[1]).toBe('INFO Speed: 0.0 to 0.0 mph, 0.0 on average, from 1 sample on bus 0.');
    expect(tableOf(run, 'candidates').rows).toEqual([]);
  });

  it('reads one of another car', async () => {
    const log = makeCanLog([
      { t: 5e9, which: 'can', can: [[0x25, 0, '00']] },
      { t: 6e9, which: 'can', can: [[0x25, 0, '01']] },
    ]);
    const run = await analyze({ export_csv: true }, log);
    const html = run.files.get('analysis_report.html')?.toString();
    expect(html).toContain('No message of cruise control is in this log.');
    expect(html).toContain('The log does not name its car.');
    expect(run.files.has('speed_timeline.svg')).toBe(false);
  });

  it('leaves out what cannot be true, and says so', async () => {
    const log = makeCanLog([
      {
        t: 5e9,
        which: 'can',
        can: [
          [0x13a, 0, '0000000000000000'],
          [0x146, 0, '0000'],
        ],
      },
      {
        t: 6e9,
        which: 'can',
        can: [
          [0x13a, 0, '00f0ffffffffffff'],
          [0x241, 0, '000000000000ffff'],
        ],
      },
    ]);
    const html = (await analyze({}, log)).files.get('analysis_report.html')?.toString();
    expect(html).toContain('1 value of 0x13A Wheel_Speeds on bus 0 cannot be true and was left out.');
    expect(html).toContain('1 frame of 0x146 Cruise_Buttons on bus 0 is shorter than 8 bytes.');
    expect(html).toContain('1 value of 0x241 Cruise_Status on bus 0 cannot be true and was left out.');
  });
});
