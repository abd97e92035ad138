import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '../../test/support/shared.ts';
import { generateMinuteLog } from '../generated-logs.ts';

/** A log of a minute. */
export interface AnalyzerInput {
  readonly label: string;
  readonly path: string;
}

const LOGS: readonly (readonly [label: string, path: string])[] = [
  ['A minute of driving (real, RAV4)', 'data/real-rav4-minute.rlog.zst'],
  ['A minute at 55 mph (made, Subaru)', 'data/subaru-55mph.rlog.zst'],
];

/** Finds the minutes among the shared test data, or generates one under `outDir`. */
export async function prepareAnalyzerInputs(outDir: string): Promise<readonly AnalyzerInput[]> {
  const found = LOGS.map(([label, path]) => ({ label, path: join(sharedDir ?? '', path) })).filter(
    ({ path }) => sharedDir !== undefined && existsSync(path),
  );
  if (found.length > 0) return found;
  return [{ label: 'A minute of driving (generated, Subaru)', path: await generateMinuteLog(outDir) }];
}
