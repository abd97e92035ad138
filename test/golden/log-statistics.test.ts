import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventToWrite } from '../../server/adapters/capnp/event-writer.ts';
import { encodeParquet } from '../../server/adapters/parquet/parquet-encoder.ts';
import { logStats } from '../../server/tools/log-stats/log-stats.ts';
import { createSignalsExport } from '../../server/tools/signals-export/signals-export.ts';
import type { Analyzer } from '../../server/tools/tool.ts';
import { expectGolden } from '../support/golden.ts';
import { makeLog } from '../support/log-builder.ts';
import { openMemoryLog } from '../support/memory-log.ts';
import { sharedDir } from '../support/shared.ts';
import { FIRST_SEGMENT, SECOND_SEGMENT } from '../support/small-drive.ts';
import { openLog, runTool, type ToolRun } from '../support/tool-run.ts';

const statistics = logStats as unknown as Analyzer;
const signals = createSignalsExport({ encodeParquet }) as unknown as Analyzer;

/** Two seconds of a bus at 20 Hz behind the small drive, so that there is something regular. */
const REGULAR: readonly EventToWrite[] = Array.from({ length: 40 }, (_, i) => ({
  logMonoTime: BigInt(161e9 + i * 50e6),
  service: 'can',
  value: [{ address: 0x25, src: 0, dat: Uint8Array.of(i, 0, i % 2, 0x80) }],
}));
const ROUTE = { segments: { 0: makeLog(FIRST_SEGMENT), 1: makeLog([...SECOND_SEGMENT, ...REGULAR]) } };

/** Git keeps files of the repository with plain line ends; that rows end with CRLF is tested elsewhere. */
function toLines(content: Buffer): string {
  return content.toString().replaceAll('\r\n', '\n');
}

describe('whole outputs of a small route', () => {
  it('tables of log-stats', async () => {
    const { files } = await runTool(statistics, { input: await openMemoryLog('drive', ROUTE) });
    for (const [name, content] of files)
      if (name.endsWith('.csv')) expectGolden(`log-stats/${name}`, toLines(content));
  });

  it('table and description of signals-export', async () => {
    const parameters = {
      fields: 'carState.vEgo,carState.gearShifter,can.length',
      rate_hz: 0.25,
      time_to: 62,
    };
    const { files } = await runTool(signals, { input: await openMemoryLog('drive', ROUTE), parameters });
    for (const [name, content] of files) expectGolden(`signals-export/${name}`, toLines(content));
  });
});

describe.skipIf(sharedDir === undefined)('real and planned drives', () => {
  const data = join(sharedDir ?? '', 'data');

  interface Truth {
    readonly byService: Readonly<Record<string, number>>;
  }

  function rowsOf(result: ToolRun, table: string): readonly Readonly<Record<string, unknown>>[] {
    return JSON.parse(result.files.get(`${table}.json`)?.toString() ?? '') as Readonly<
      Record<string, unknown>
    >[];
  }

  it('counts every service of a real minute, and finds its only gap', async () => {
    const path = join(data, 'real-rav4-minute.rlog.zst');
    const { byService } = JSON.parse(readFileSync(`${path}.truth.json`, 'utf8')) as Truth;
    const result = await runTool(statistics, { input: await openLog(path), parameters: { format: 'json' } });
    const counts = rowsOf(result, 'services').map(({ service, count }) => [service, count]);
    expect(Object.fromEntries(counts)).toEqual(byService);
    expect(rowsOf(result, 'gaps')).toMatchObject([{ scope: 'service', name: 'can', from_seconds: 29.40569 }]);
    const frames = rowsOf(result, 'messages').reduce((sum, { count }) => sum + Number(count), 0);
    expect(rowsOf(result, 'bus_load').reduce((sum, { frames: count }) => sum + Number(count), 0)).toBe(
      frames,
    );
  });

  it('exports as many values of a real minute as there are events', async () => {
    const path = join(data, 'real-rav4-minute.rlog.zst');
    const { byService } = JSON.parse(readFileSync(`${path}.truth.json`, 'utf8')) as Truth;
    const parameters = { fields: 'carState.vEgo' };
    const { files } = await runTool(signals, { input: await openLog(path), parameters });
    expect(files.get('signals.csv')?.toString().split('\r\n')).toHaveLength((byService['carState'] ?? 0) + 2);
  });

  it('walks a whole route as one log', async () => {
    const result = await runTool(statistics, {
      input: await openLog(join(data, 'route')),
      parameters: { format: 'json' },
    });
    expect(rowsOf(result, 'gaps').filter(({ scope }) => scope === 'log')).toEqual([]);
    const can = rowsOf(result, 'services').find(({ service }) => service === 'can');
    expect(Number(can?.['last_seconds'])).toBeGreaterThan(290);
    expect(result.files.get('log-stats.report.html')?.toString()).toContain('5 segments');
  });

  it('sees that a qlog is one', async () => {
    const path = join(data, 'real-rav4-minute.qlog.zst');
    const result = await runTool(statistics, { input: await openLog(path), parameters: { format: 'json' } });
    expect(result.files.get('log-stats.report.html')?.toString()).toContain('This is a qlog.');
    const slow = rowsOf(result, 'services').filter(({ verdict }) => verdict === 'missing');
    expect(slow).toEqual([]);
  });
});
