import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { readParameters } from '../../server/services/tools/tool-parameters.ts';
import { cruiseControlAnalyzer } from '../../server/tools/cruise-control-analyzer/cruise-control-analyzer.ts';
import { failureOf } from '../support/failure.ts';
import { FrameListing } from '../support/cruise-reference.ts';
import { readCsvTable, type CsvTable } from '../support/exported-table.ts';
import { sharedDir } from '../support/shared.ts';
import { openLog, runTool, type ToolRun } from '../support/tool-run.ts';

// The tables of comma-tools, cell by cell. What differs is said table by table, with the defect that is the reason
// (B… and F… are those of the list of parity); every other cell must be equal. What differs is compared with a slow
// reference instead, which is written from the case's list of frames.

const FOLDER = join(sharedDir ?? '', 'golden/cruise-control-analyzer');
const TABLES = ['counts_by_segment', 'candidates', 'edges', 'runs', 'timeline', 'engaged_intervals'];

/** One call of comma-tools' program. */
interface Case {
  readonly name: string;
  readonly folder: string;
  readonly argv: readonly string[];
}

const cases = sharedDir === undefined ? [] : listCases();
const runs = new Map<string, Promise<ToolRun>>();

function listCases(): readonly Case[] {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'rlog.zst')) && name !== 'err_negative_marker')
    .map((name) => {
      const folder = join(FOLDER, name);
      const { argv } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Pick<Case, 'argv'>;
      return { name, folder, argv };
    });
}

/** The arguments of the original program as parameters. */
function translate(argv: readonly string[]): ParameterValues {
  const parameters: Record<string, string | boolean> = {};
  let option = '';
  for (const argument of argv.slice(1)) {
    if (argument.startsWith('--')) parameters[(option = argument.slice(2))] = true;
    else parameters[option] = argument;
  }
  return parameters;
}

/** Runs a case once for all tests; `extra` asks for what its call did not. */
function runCase({ name, folder, argv }: Case, extra: ParameterValues = {}): Promise<ToolRun> {
  const key = name + JSON.stringify(extra);
  const run = runs.get(key) ?? startRun(folder, { ...translate(argv), ...extra });
  runs.set(key, run);
  return run;
}

async function startRun(folder: string, parameters: ParameterValues): Promise<ToolRun> {
  return runTool(cruiseControlAnalyzer, { input: await openLog(join(folder, 'rlog.zst')), parameters });
}

function findCase(name: string): Case {
  const found = cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

/** The tables of both sides; undefined where comma-tools wrote none. */
async function openTables(
  each: Case,
  name: string,
): Promise<{ theirs: CsvTable; ours: CsvTable } | undefined> {
  const path = join(each.folder, 'expected', `${name}.csv`);
  if (!existsSync(path)) return undefined;
  const run = await runCase(each);
  return {
    theirs: readCsvTable(readFileSync(path, 'utf8')),
    ours: readCsvTable(run.files.get(`${name}.csv`)?.toString() ?? ''),
  };
}

/** What is left of a table without the columns in which it must differ. */
function pick({ columns, rows }: CsvTable, without: readonly string[]): readonly string[] {
  const kept = columns.flatMap((name, i) => (without.includes(name) ? [] : [i]));
  return rows.map((row) => kept.map((i) => row[i]).join(','));
}

/** The columns of comma-tools, as ours may have more behind them. */
function cut(table: CsvTable, { columns }: CsvTable): CsvTable {
  return { ...table, columns, rows: table.rows.map((row) => row.slice(0, columns.length)) };
}

const BIT = ['address_hex', 'bit_global', 'byte_index', 'bit_lsb', 'bit_msb', 'label_lsb', 'label_msb'];

describe.skipIf(sharedDir === undefined)('tables of comma-tools', () => {
  describe.each(cases)('$name', (each) => {
    it.each(TABLES)('%s: begins with the same columns', async (name) => {
      const tables = await openTables(each, name);
      if (tables === undefined) return;
      expect(tables.ours.columns.slice(0, tables.theirs.columns.length)).toEqual(tables.theirs.columns);
    });

    it.each(TABLES)('%s: has the same members of metadata, and the files that were read', async (name) => {
      const tables = await openTables(each, name);
      if (tables === undefined) return;
      const isNew = (key: string): boolean => key === 'input_files' || key === 'input_hashes';
      const { theirs, ours } = tables;
      // Rows of one table only, where ours must differ, decide whether there is a map of their buses.
      const isSame = (key: string): boolean => !isNew(key) && key !== 'id_bus_map';
      expect([...ours.header.keys()].filter(isSame)).toEqual([...theirs.header.keys()].filter(isSame));
      expect([...ours.header.keys()].filter(isNew)).toEqual(['input_files', 'input_hashes']);
      const meta = JSON.parse(ours.header.get('meta_json') ?? '') as object;
      const theirMeta = JSON.parse(theirs.header.get('meta_json') ?? '') as object;
      expect(Object.keys(meta).filter(isSame)).toEqual(Object.keys(theirMeta).filter(isSame));
      expect(ours.header.get('scoring')).toBe(theirs.header.get('scoring'));
    });

    it('counts_by_segment: the same frames in the windows', async () => {
      const tables = await openTables(each, 'counts_by_segment');
      if (tables === undefined) return;
      const frames = FrameListing.read(each.folder);
      // B2: the bus was always 0, and an address on several buses was one. B30: counts around the window were 0,
      // numbers of payloads 0, 1, 0; with them delta and the order differ.
      const differs = ['bus', 'pre_count', 'post_count', 'delta', 'uniq_pre', 'uniq_window', 'uniq_post'];
      const keep = ({ rows, ...table }: CsvTable): CsvTable => ({
        ...table,
        rows: rows.filter(([address]) => !frames.isOnSeveralBuses(address)),
      });
      const { theirs, ours } = tables;
      expect(pick(cut(keep(ours), theirs), differs).toSorted()).toEqual(
        pick(keep(theirs), differs).toSorted(),
      );
      for (const row of ours.objects) {
        const { bus, marker, ...counts } = row;
        const window = frames.listMarkerWindows()[Number(marker) - 1] ?? [NaN, NaN];
        expect(counts).toMatchObject(frames.countAround(counts['address_hex'], bus, window));
      }
    });

    it('candidates: the same bits and scores', async () => {
      const tables = await openTables(each, 'candidates');
      if (tables === undefined) return;
      const frames = FrameListing.read(each.folder);
      // B30: rises and falls were halves of the toggles. B2: the bus; addresses on several buses were mixed.
      const differs = ['rises_set', 'falls_end', 'bus'];
      const keep = ({ rows, ...table }: CsvTable): CsvTable => ({
        ...table,
        rows: rows.filter(([address]) => !frames.isOnSeveralBuses(address)),
      });
      expect(pick(keep(tables.ours), differs)).toEqual(pick(keep(tables.theirs), differs));
      for (const row of tables.ours.objects)
        expect(row).toMatchObject(
          frames.countEdges(row['address_hex'], row['bus'], Number(row['bit_global'])),
        );
    });

    it('edges: the same presses of SET', async () => {
      const tables = await openTables(each, 'edges');
      if (tables === undefined) return;
      const frames = FrameListing.read(each.folder);
      const sets = tables.ours.objects.filter(
        ({ signal, edge_type }) => signal === 'set' && edge_type === 'rise',
      );
      const ours = { ...tables.ours, rows: sets.map((row) => Object.values(row)) };
      // F039: all other edges are new. B28: the speed was one of about a second earlier. B2: the bus was always 0.
      const differs = ['speed_mph', 'bus'];
      expect(pick(cut(ours, tables.theirs), differs)).toEqual(pick(tables.theirs, differs));
      for (const { ts_abs, speed_mph } of tables.ours.objects)
        expect(Math.abs(Number(speed_mph) - frames.findNearestMph(Number(ts_abs)))).toBeLessThan(0.051);
    });

    it('runs: the same markers', async () => {
      const tables = await openTables(each, 'runs');
      if (tables === undefined) return;
      const markers = tables.ours.objects.filter(({ origin }) => origin === 'marker');
      const ours = { ...tables.ours, rows: markers.map((row) => Object.values(row)) };
      const theirs = filterByEngaged(each, tables.theirs, ['start_abs', 'end_abs']);
      // B30: address and bit were a constant example; ours are those of the blinker. F040: all other runs are new.
      expect(pick(cut(ours, theirs), BIT)).toEqual(pick(theirs, BIT));
    });

    it('timeline: the same starts and ends of markers', async () => {
      const tables = await openTables(each, 'timeline');
      if (tables === undefined) return;
      const moments = tables.ours.objects.filter(({ event }) => event?.startsWith('marker_'));
      const ours = { ...tables.ours, rows: moments.map((row) => Object.values(row)) };
      const theirs = filterByEngaged(each, tables.theirs, ['ts_abs', 'ts_abs']);
      // B30: address, bit and speed were constants. Value: empty there, how long it lasted here (timeline.v2).
      // B1: all other moments are new.
      const differs = [...BIT, 'speed_mph', 'value'];
      expect(pick(ours, differs)).toEqual(pick(theirs, differs));
      const value = tables.ours.columns.indexOf('value');
      expect(ours.rows.map((row) => row[value] !== '')).toEqual(
        moments.map(({ event }) => event === 'marker_end'),
      );
    });

    it('engaged_intervals: every cell', async () => {
      const tables = await openTables(each, 'engaged_intervals');
      if (tables === undefined) return;
      // F042: comma-tools kept five messages only. Bit names as everybody writes them were not understood.
      if (each.name === 'engaged_unmonitored_address' || each.name === 'engaged_bad_selector') {
        expect(tables.theirs.rows).toEqual([]);
        return;
      }
      expect(pick(tables.ours, [])).toEqual(pick(tables.theirs, []));
    });

    it('ends with a report, also where comma-tools crashed', async () => {
      const run = await runCase(each, { 'export-csv': true, 'export-json': true });
      const expected = [
        'analysis_report.html',
        'config_snapshot.json',
        ...TABLES.flatMap((name) => [`${name}.csv`, `${name}.json`, `${name}.analysis_meta.json`]),
      ];
      expect([...run.files.keys()]).toEqual(expect.arrayContaining(expected));
    });

    it('JSON holds what CSV holds', async () => {
      const run = await runCase(each, { 'export-csv': true, 'export-json': true });
      for (const name of TABLES) {
        const csv = readCsvTable(run.files.get(`${name}.csv`)?.toString() ?? '');
        const json = JSON.parse(run.files.get(`${name}.json`)?.toString() ?? '') as Record<string, unknown>[];
        expect(json.map((row) => Object.entries(row).map(([key, cell]) => writeCell(key, cell)))).toEqual(
          csv.objects.map((row) => Object.entries(row).map(([key, cell]) => writeCell(key, readCell(cell)))),
        );
      }
    });
  });

  it('tells buses apart: constant frames of 0x13A on bus 130 are no part of those on bus 0', async () => {
    const run = await runCase(findCase('multi_bus_mix'));
    const { objects } = readCsvTable(run.files.get('counts_by_segment.csv')?.toString() ?? '');
    const counts = objects.filter(({ address_hex }) => address_hex === '0x13A' || address_hex === '0x146');
    expect(counts.map(({ bus, window_count }) => [bus, window_count])).toEqual([
      ['0', '176'],
      ['0', '176'],
    ]);
  });

  it('understands the selector that comma-tools took for nothing', async () => {
    const [bad, good] = await Promise.all(
      ['engaged_bad_selector', 'engaged_annotate'].map((name) => runCase(findCase(name))),
    );
    const read = (run: ToolRun | undefined): CsvTable =>
      readCsvTable(run?.files.get('engaged_intervals.csv')?.toString() ?? '');
    expect(read(bad).rows).toEqual(read(good).rows);
    expect(read(bad).rows).toHaveLength(2);
  });

  it('finds engaged intervals of any message', async () => {
    const each = findCase('engaged_unmonitored_address');
    const run = await runCase(each);
    const { objects } = readCsvTable(run.files.get('engaged_intervals.csv')?.toString() ?? '');
    const expected = FrameListing.read(each.folder).listIntervals('0x027', 34, 0.5);
    expect(objects.map(({ start_abs, end_abs }) => [Number(start_abs), Number(end_abs)])).toEqual(expected);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('refuses negative times of markers by name', () => {
    const values = { marker_pre: '-1' };
    expect(failureOf(() => readParameters(cruiseControlAnalyzer, values))).toMatchObject({
      code: 'INVALID_PARAMETER',
      details: { parameter: 'marker_pre' },
    });
  });
});

/** B5: filter mode had no effect, as intervals were computed last. What it keeps must be within or overlap one. */
function filterByEngaged(
  each: Case,
  table: CsvTable,
  [from, to]: readonly [from: string, to: string],
): CsvTable {
  if (!each.argv.includes('filter')) return table;
  const text = readFileSync(join(each.folder, 'expected/engaged_intervals.csv'), 'utf8');
  const intervals = readCsvTable(text).objects;
  const [first, last] = [from, to].map((name) => table.columns.indexOf(name));
  const rows = table.rows.filter((row) =>
    intervals.some(
      ({ start_abs, end_abs }) =>
        Number(row[first ?? 0]) <= Number(end_abs) && Number(row[last ?? 0]) >= Number(start_abs),
    ),
  );
  return { ...table, rows };
}

function readCell(cell: string | undefined): unknown {
  if (cell === undefined || cell === '') return null;
  return cell === 'True' || cell === 'False' ? cell === 'True' : cell;
}

/** Cells without regard to whether they are numbers: `1.0` and 1 are one number. */
function writeCell(key: string, cell: unknown): string {
  const number = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : cell;
  return `${key}=${typeof number === 'number' && !Number.isNaN(number) ? String(number) : String(cell)}`;
}
