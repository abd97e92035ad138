import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canBitwatch } from '../../server/tools/can-bitwatch/can-bitwatch.ts';
import { rlogToCsv } from '../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { sharedDir } from '../support/shared.ts';
import { openLog, runTool, textInput, type ToolRun } from '../support/tool-run.ts';

const folder = sharedDir ?? '';
const window = { window_start: 25, window_dur: 14 };

/** Lines of a table without their ends. */
const split = (text: string): string[] => text.split('\r\n').filter((line) => line !== '');
const cutBus = (row: string): string => row.slice(0, row.lastIndexOf(','));

function readOurs({ files }: ToolRun, name: string): string[] {
  return split(files.get(`analysis.${name}`)?.toString() ?? '');
}

function readTheirs(name: string): string[] {
  return split(readFileSync(join(folder, 'data/peer-bitwatch', `subaru-55mph.${name}`), 'utf8'));
}

/** Adds up the rows of one address, as a program does that takes all buses for one. */
function mergeBuses(rows: readonly string[]): string[] {
  const sums = new Map<string, readonly number[]>();
  for (const row of rows) {
    const [address = '', ...counts] = row.split(',');
    const numbers = counts.slice(0, 3).map(Number);
    sums.set(
      address,
      numbers.map((count, i) => count + (sums.get(address)?.[i] ?? 0)),
    );
  }
  return [...sums].map(([address, [pre = 0, inside = 0, post = 0]]) =>
    [address, pre, inside, post, inside - Math.max(pre, post)].join(','),
  );
}

describe.skipIf(sharedDir === undefined)('can-bitwatch on the log of a drive', () => {
  const log = join(folder, 'data/subaru-55mph.rlog.zst');

  it('finds what comma-tools finds in its CSV; only counts tell buses apart', async () => {
    const run = await runTool(canBitwatch, { input: await openLog(log), parameters: window });
    for (const name of ['accel_hunt.csv', 'bit_edges.csv', 'candidates_window_only.csv'])
      expect(readOurs(run, name).map(cutBus)).toEqual(readTheirs(name));
    const [, ...counts] = readOurs(run, 'counts.csv');
    expect(mergeBuses(counts)).toEqual(readTheirs('counts.csv').slice(1));
    const addresses = counts.map((row) => row.slice(0, row.indexOf(',')));
    const onSeveral = addresses.filter((address, at) => addresses.indexOf(address) !== at);
    expect(onSeveral).toEqual(['0x13B', '0x221', '0x322', '0x5F4']);
  });

  it('finds the window that the driver marked, and the pulses in it', async () => {
    const { lines, files } = await runTool(canBitwatch, {
      input: await openLog(log),
      parameters: { marker: 'blinkers' },
    });
    const [, from = '', to = ''] = /Window: 00:(\S+) to 00:(\S+)\.$/m.exec(lines.join('\n')) ?? [];
    // The plan has the left blinker from 26 s to 28 s, the right one from 37 s; the last flash on the left begins the
    // marker, the first on the right ends it, and 1.5 s on both sides belong to the window.
    expect(Number(from)).toBeGreaterThan(27 - 1.5);
    expect(Number(from)).toBeLessThan(28 - 1.5);
    expect(Number(to)).toBeGreaterThanOrEqual(37 + 1.5);
    expect(Number(to)).toBeLessThan(37.2 + 1.5);
    // 0x027:B5b1, three pulses of 2 s from 27 s on.
    expect(files.get('analysis.candidates_window_only.csv')?.toString()).toContain('\r\n0x027,46,6,1\r\n');
    expect(files.get('analysis.accel_hunt.csv')?.toString()).toMatch(/^0x027,46,"\[[\d., ]+\]",True,1\r$/m);
  });

  it.each(['subaru-55mph', 'real-rav4-minute'])('writes what it writes for the CSV of %s', async (name) => {
    const path = join(folder, `data/${name}.rlog.zst`);
    const { files } = await runTool(rlogToCsv, { input: await openLog(path), parameters: window });
    const csv = [...files.values()][0] ?? Buffer.alloc(0);
    const fromCsv = await runTool(canBitwatch, { input: textInput(name, csv, 1 << 16) });
    const fromLog = await runTool(canBitwatch, { input: await openLog(path), parameters: window });
    for (const file of ['counts.csv', 'bit_edges.csv', 'candidates_window_only.csv', 'accel_hunt.csv'])
      expect(readOurs(fromLog, file)).toEqual(readOurs(fromCsv, file));
    const [byLog, byCsv] = [fromLog, fromCsv].map((run) => run.files.get('analysis.per_address.json'));
    expect(byLog).toEqual(byCsv);
  });
});
