import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import { buildDatabase } from '../../server/core/dbc/model/build-database.ts';
import { parseDbc } from '../../server/core/dbc/syntax/parse-dbc.ts';
import { createDecodeHandlers } from '../../server/services/dbc/decode/decode-handlers.ts';
import { FixedDatabases, openDatabase } from '../support/fixed-databases.ts';
import { fileOf, MemoryLogs } from '../support/memory-logs.ts';
import { sharedDir } from '../support/shared.ts';

const shared = sharedDir ?? '';

interface DecodedLine {
  readonly bus: number;
  readonly message: string;
  readonly signals: Readonly<Record<string, unknown>>;
  readonly wrong?: readonly string[];
}

async function decodeLog(log: string, name: string): Promise<readonly DecodedLine[]> {
  const text = readFileSync(join(shared, `vectors/schema/opendbc/dbc/${name}.dbc`), 'utf8');
  const lines: string[] = [];
  const notify: RequestContext['notify'] = (method, params) => {
    if (method === 'dbc/framesDecoded' && 'lines' in params) lines.push(...(params.lines as string[]));
  };
  const { 'dbc/decode': decode } = createDecodeHandlers({
    logs: new MemoryLogs({ log: fileOf(readFileSync(join(shared, 'data', log))) }),
    chooser: new FixedDatabases({ 0: openDatabase(name, buildDatabase(parseDbc(text))) }),
  });
  const { delivered } = await decode({ path: 'log' }, { signal: new AbortController().signal, notify });
  expect(delivered).toBe(lines.length);
  return lines.map((line) => JSON.parse(line) as DecodedLine);
}

/** Messages with a checksum or a counter of which some are wrong: how many. */
function countWrong(
  lines: readonly DecodedLine[],
  what: 'checksum' | 'counter',
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { bus, message, wrong = [] } of lines) {
    const name = `${message} on ${String(bus)}`;
    if (wrong.includes(what)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function countProtected(lines: readonly DecodedLine[]): number {
  return lines.filter(({ signals }) => 'CHECKSUM' in signals).length;
}

describe.skipIf(sharedDir === undefined)('checksums and counters of whole logs', () => {
  it('are right in a car: all checksums, and all counters but those of frames that were logged the wrong way round', async () => {
    const lines = await decodeLog('real-rav4-minute.rlog.zst', 'toyota_nodsu_pt_generated');
    expect(countProtected(lines)).toBe(22_357);
    expect(countWrong(lines, 'checksum')).toEqual({});
    expect(countWrong(lines, 'counter')).toEqual({ 'STEERING_LKA on 128': 12 });
  }, 120_000);

  it('are wrong where whoever made a log wrote none', async () => {
    const lines = await decodeLog('subaru-55mph.rlog.zst', 'subaru_global_2017_generated');
    // One byte that is always 0 is right now and then.
    expect(countWrong(lines, 'checksum')).toEqual({ 'Steering on 0': 2980, 'ES_LKAS_State on 0': 3000 });
    expect(Object.keys(countWrong(lines, 'counter'))).toEqual(['ES_LKAS_State on 0']);
  }, 120_000);
});
