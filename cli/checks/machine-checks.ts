import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import type { CommandContext } from '../context.ts';
import type { CheckResult } from './check.ts';

const OLDEST_NODE = [22, 15] as const;

/** Whether Node is new enough. */
export async function checkNode(): Promise<readonly CheckResult[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const found = `${process.version} on ${process.platform} ${process.arch}`;
  if (isNewEnough) return [{ level: 'ok', name: 'Node', found }];
  return [{ level: 'fail', name: 'Node', found, advice: `Install Node ${OLDEST_NODE.join('.')} or newer.` }];
}

/** Whether the native modules load, and which zstd decompresses. */
export async function checkNative({ programFolder }: CommandContext): Promise<readonly CheckResult[]> {
  const load = createRequire(join(programFolder, 'cts.cjs'));
  const database = tryLoad(load, 'better-sqlite3');
  const zstd = tryLoad(load, 'zstd-napi');
  return [
    database === undefined
      ? { level: 'ok', name: 'better-sqlite3', found: 'loads' }
      : describeOtherDatabase(database),
    zstd === undefined
      ? { level: 'ok', name: 'zstd', found: 'zstd-napi, the fast one' }
      : {
          level: 'warn',
          name: 'zstd',
          found: "Node's own, which is slower",
          advice: `zstd-napi does not load (${zstd}); with a C++ compiler: npm rebuild zstd-napi.`,
        },
  ];
}

/** Runs are kept with Node's own SQLite where better-sqlite3 does not load. */
function describeOtherDatabase(reason: string): CheckResult {
  const name = 'better-sqlite3';
  const advice = `It does not load (${reason}): npm rebuild better-sqlite3.`;
  if (isBuiltin('node:sqlite')) return { level: 'warn', name, found: "Node's own SQLite instead", advice };
  return { level: 'fail', name, found: reason, advice: `The service cannot keep runs. ${advice}` };
}

/** Why a module does not load; undefined when it does. */
function tryLoad(load: NodeJS.Require, name: string): string | undefined {
  try {
    load(name);
    return undefined;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return reason;
  }
}
