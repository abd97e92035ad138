import { join } from 'node:path';
import type { ParameterValues } from '#protocol';
import { findSignal } from '../../server/tools/find-signal/find-signal.ts';
import { sharedDir } from './shared.ts';
import { openLog, runTool } from './tool-run.ts';

/** Logs of `shared` whose signals are known: opendbc's toyota_nodsu_pt and subaru_global_2017. */
export const RAV4 = 'real-rav4-minute.rlog.zst';
export const SUBARU = 'subaru-55mph.rlog.zst';

/** A row of `candidates.json`. */
export interface CandidateRow {
  readonly bus: number;
  readonly address_hex: string;
  readonly dbc: string;
  readonly companions: string | null;
  readonly factor: number;
  readonly score: number;
}

/** Has find-signal search a log of `shared`. */
export async function search(log: string, parameters: ParameterValues): Promise<readonly CandidateRow[]> {
  const input = await openLog(join(sharedDir ?? '', 'data', log));
  const { files } = await runTool(findSignal, { input, parameters });
  return JSON.parse(files.get('candidates.json')?.toString() ?? '[]') as readonly CandidateRow[];
}

/** The first candidates as `bus:address field`. */
export function listNames(rows: readonly CandidateRow[], count: number): readonly string[] {
  return rows.slice(0, count).map(({ bus, address_hex, dbc }) => `${bus}:${address_hex} ${dbc}`);
}
