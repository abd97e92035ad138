import { describe, expect, it } from 'vitest';
import { CTS_VERSION, type ParameterValues } from '#protocol';
import { cruiseControlAnalyzer } from '../../../../server/tools/cruise-control-analyzer/cruise-control-analyzer.ts';
import { readCsvTable } from '../../../support/exported-table.ts';
import { makeCanLog } from '../../../support/log-builder.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { packBits } from '../../../support/subaru-frames.ts';
import { makeSubaruDrive } from '../../../support/subaru-drive.ts';
import { runTool, type ToolRun } from '../../../support/tool-run.ts';

const RUN_ID = '00000000-0000-4000-8000-000000000001';

async function analyze(parameters: ParameterValues, log = makeSubaruDrive()): Promise<ToolRun> {
  return runTool(cruiseControlAnalyzer, { input: await openMemoryLog('drive.rlog', log), parameters });
}

function textOf(run: ToolRun, name: string): string {
  return run.files.get(name)?.toString() ?? '';
}

describe('the lines in front of a table', () => {
  it('say what it is, what it comes from and how it was made', async () => {
    const run = await analyze({ export_csv: true, engaged_bit: '0x146:b43' });
    const { header } = readCsvTable(textOf(run, 'edges.csv'));
    const { meta_json, input_hashes, ...lines } = Object.fromEntries(header);
    expect(lines).toEqual({
      schema_version: 'edges.v2',
      analysis_id: RUN_ID,
      tool_version: `cruise-control-analyzer 1.0.0 (CTS ${CTS_VERSION})`,
      input_files: 'drive.rlog',
      time_origin: 'device_start',
      window_start_abs_s: '100.0',
      window_end_abs_s: '119.9',
      window_start_mmss: '01:40.000',
      window_end_mmss: '01:59.900',
      main_source: '0x241:B6b1 (MSB), bit 54, Cruise_Status.cruise_on, bus 0',
      brake_source: '0x139:B4b5 (MSB), bit 34, Brake_Pedal.brake_lights, bus 0',
      speed_source: '0x13A Wheel_Speeds, bus 0, mean of the four wheels',
      id_bus_map: '{"0x146":0,"0x241":0,"0x220":2,"0x139":0}',
      bus_policy: 'statistics=per-bus, story=max-frames',
      scoring: '{"chatter_penalty_start":40,"chatter_penalty_slope":0.1}',
    });
    expect(input_hashes).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(meta_json).toBe(textOf(run, 'edges.analysis_meta.json'));
  });

  it('stand before the first row and end with LF, rows with CRLF', async () => {
    const text = textOf(await analyze({ export_csv: true }), 'runs.csv');
    const [head = '', ...rows] = text
      .slice(text.lastIndexOf('\n# ') + 1)
      .split('\n')
      .slice(1);
    expect(head).toMatch(/^address_hex,.*,open_at_end\r$/);
    expect(rows.slice(0, -1).every((row) => row.endsWith('\r'))).toBe(true);
    expect(text.startsWith('# schema_version: runs.v2\n# analysis_id: ')).toBe(true);
  });

  it('have a list where an address is on several buses', async () => {
    const lines = [0, 1, 2, 3].map((i) => ({
      t: (5 + i) * 1e9,
      which: 'can',
      can: [0, 2].map((bus) => [0x146, bus, i % 2 === 0 ? packBits() : packBits(43)] as const),
    }));
    const run = await analyze({ export_csv: true }, makeCanLog(lines));
    const { header, objects } = readCsvTable(textOf(run, 'candidates.csv'));
    expect(header.get('id_bus_map')).toBe('{"0x146":[0,2]}');
    expect(objects.map(({ bus, toggles, rises_set }) => [bus, toggles, rises_set])).toEqual([
      ['0', '3', '2'],
      ['2', '3', '2'],
    ]);
  });

  it('name what is not there', async () => {
    const log = makeCanLog([{ t: 5e9, which: 'can', can: [[0x25, 0, '00']] }]);
    const { header } = readCsvTable(textOf(await analyze({ export_csv: true }, log), 'edges.csv'));
    expect(header.get('speed_source')).toBe('0x13A Wheel_Speeds, not in this log, mean of the four wheels');
    expect(header.has('id_bus_map')).toBe(false);
  });
});

describe('metadata beside a table', () => {
  it('is compact JSON with everything that was chosen', async () => {
    const run = await analyze({ export_json: true, engaged_bit: '0x146:b43', engaged_mode: 'filter' });
    const text = textOf(run, 'candidates.analysis_meta.json');
    expect(text).toContain('"engaged_mode":"filter","engaged_bit":"0x146:b43","engaged_bus":0,');
    expect(text).toContain(
      '"engaged_margin_s":0.5,"engaged_intervals_count":2,"candidates_scope":"full-window"',
    );
    expect(text).toContain('"reserved_fields":["score_engaged"],"analysis_id":"');
    expect(text).not.toContain('\n');
  });
});

describe('config_snapshot.json', () => {
  it('tells what was run, on what and how', async () => {
    const run = await analyze({ export_csv: true, speed_min: 54, marker_type: 'none', watch: '0x146:b43' });
    expect(JSON.parse(textOf(run, 'config_snapshot.json'))).toEqual({
      timestamp: '2025-01-02T03:04:05.678Z',
      cli_args: {
        log_file: 'drive.rlog',
        speed_min: 54,
        speed_max: 56,
        repo_root: null,
        deps_dir: null,
        install_missing_deps: false,
        marker_type: 'none',
        marker_pre: 1.5,
        marker_post: 1.5,
        marker_timeout: 15,
        export_csv: true,
        export_json: false,
        output_dir: '.',
        engaged_bit: null,
        engaged_bus: null,
        engaged_mode: 'annotate',
        engaged_margin: 0.5,
        marker_times: [],
        watch: ['0x146:b43'],
        max_events: null,
      },
      input_metadata: { file_path: 'drive.rlog', file_size: 10, file_extension: '.rlog' },
      gate_sources: {
        main_source: '0x241:B6b1 (MSB), bit 54, Cruise_Status.cruise_on, bus 0',
        brake_source: '0x139:B4b5 (MSB), bit 34, Brake_Pedal.brake_lights, bus 0',
        speed_source: '0x13A Wheel_Speeds, bus 0, mean of the four wheels',
      },
      bus_selection_policy: 'statistics=per-bus, story=max-frames',
      analyzer_version: '1.0.0',
      marker_config: { marker_type: 'none', pre_time: 1.5, post_time: 1.5, timeout: 15, enabled: false },
    });
    expect(textOf(run, 'config_snapshot.json')).toContain('\n    "speed_min": 54.0,\n');
  });
});
