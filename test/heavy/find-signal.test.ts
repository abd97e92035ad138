import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { findSignal } from '../../server/tools/find-signal/find-signal.ts';
import { sharedDir } from '../support/shared.ts';
import { openLog, runTool } from '../support/tool-run.ts';

interface CandidateRow {
  readonly bus: number;
  readonly address_hex: string;
  readonly dbc: string;
  readonly companions: string | null;
  readonly factor: number;
  readonly score: number;
}

async function search(log: string, parameters: ParameterValues): Promise<readonly CandidateRow[]> {
  const input = await openLog(join(sharedDir ?? '', 'data', log));
  const { files } = await runTool(findSignal, { input, parameters });
  return JSON.parse(files.get('candidates.json')?.toString() ?? '[]') as readonly CandidateRow[];
}

function listNames(rows: readonly CandidateRow[], count: number): readonly string[] {
  return rows.slice(0, count).map(({ bus, address_hex, dbc }) => `${bus}:${address_hex} ${dbc}`);
}

const RAV4 = 'real-rav4-minute.rlog.zst';
const SUBARU = 'subaru-55mph.rlog.zst';

// What opendbc says: toyota_nodsu_pt, subaru_global_2017.
describe.skipIf(sharedDir === undefined)(
  'find-signal on more fields of logs with known signals',
  { timeout: 60_000 },
  () => {
    it('tells one wheel from the others', async () => {
      expect(listNames(await search(RAV4, { field: 'carState.wheelSpeeds.fl' }), 1)).toEqual([
        '0:0x0AA 23|16@0+',
      ]);
    });

    it.each([
      [RAV4, 'carState.steeringTorque', ['0:0x260 15|16@0-']],
      [RAV4, 'carState.cruiseState.speed', ['0:0x1D3 16|8@1+']],
      [SUBARU, 'carState.steeringAngleDeg', ['0:0x119 32|16@1-', '0:0x002 7|16@0-']],
      [SUBARU, 'carState.leftBlinker', ['0:0x390 50|1@1+']],
      [SUBARU, 'carState.rightBlinker', ['0:0x390 51|1@1+']],
      [SUBARU, 'carState.cruiseState.enabled', ['0:0x240 41|1@1+', '0:0x241 55|1@1+']],
      [SUBARU, 'carState.cruiseState.speed', ['0:0x241 56|8@1+']],
    ])('finds in %s %s', async (log, field, names) => {
      expect(listNames(await search(log, { field }), names.length)).toEqual(names);
    });
  },
);
