import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { generateCanFdLog, generateMinuteLog } from './generated-logs.ts';
import { sharedDir } from '../test/support/shared.ts';

export type InputId = 'minute' | 'can-fd' | 'route';

/** A log, or the segments of a route, that all contestants read. */
export interface BenchInput {
  readonly id: InputId;
  readonly label: string;
  readonly files: readonly string[];
}

const ROUTE_SEGMENTS = 10;

/** Finds the real minute or generates one, and generates what no real log is at hand for, under `outDir`. */
export async function prepareInputs(outDir: string): Promise<readonly BenchInput[]> {
  const { path: minute, origin } = await prepareMinute(outDir);
  return [
    { id: 'minute', label: `A minute of driving (${origin})`, files: [minute] },
    { id: 'can-fd', label: 'CAN-FD load (generated)', files: [await generateCanFdLog(outDir)] },
    {
      id: 'route',
      label: `Route of ${ROUTE_SEGMENTS} segments (the minute, repeated)`,
      files: Array.from({ length: ROUTE_SEGMENTS }, () => minute),
    },
  ];
}

/** A log of a minute, and where it comes from. */
export interface MinuteLog {
  readonly path: string;
  readonly origin: 'real' | 'generated';
}

/** Finds the real minute, or generates one under `outDir`. */
export async function prepareMinute(outDir: string): Promise<MinuteLog> {
  const real = findRealMinute();
  return real === undefined
    ? { path: await generateMinuteLog(outDir), origin: 'generated' }
    : { path: real, origin: 'real' };
}

function findRealMinute(): string | undefined {
  if (sharedDir === undefined) return undefined;
  const path = join(sharedDir, 'data/real-rav4-minute.rlog.zst');
  return existsSync(path) ? path : undefined;
}
