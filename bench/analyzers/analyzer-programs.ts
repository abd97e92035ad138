import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildWorker } from '../workers/build-worker.ts';
import type { AnalyzerCase } from './analyzer-cases.ts';

/** What is run: bundled, as the product is. */
export interface AnalyzerPrograms {
  /** Reads frames to columns, see `workers/cts-worker.ts`. */
  readonly reader: string;
  /** Runs a tool, see `workers/analyzer-worker.ts`. */
  readonly worker: string;
  /** The module of each tool that could be built, by id. */
  readonly tools: ReadonlyMap<string, string>;
  /** Tools that cannot be measured, and why. */
  readonly omissions: readonly string[];
}

/** Bundles the workers, and every tool by itself: one that cannot be built leaves the others. */
export async function prepareAnalyzerPrograms(
  cases: readonly AnalyzerCase[],
  { root, outDir }: { readonly root: string; readonly outDir: string },
): Promise<AnalyzerPrograms> {
  mkdirSync(outDir, { recursive: true });
  const tools = new Map<string, string>();
  const omissions: string[] = [];
  for (const { id } of cases) {
    const path = join(root, 'server/tools', id, `${id}.ts`);
    const outfile = join(outDir, `tool-${id}.mjs`);
    const reason = existsSync(path) ? await bundle(path, outfile) : 'there is no such tool';
    if (reason === undefined) tools.set(id, outfile);
    else omissions.push(`${id}: ${reason}`);
  }
  const worker = join(outDir, 'analyzer-worker.mjs');
  const failure = await bundle(join(root, 'bench/workers/analyzer-worker.ts'), worker);
  if (failure !== undefined) throw new Error(`The worker cannot be built: ${failure}`);
  return { reader: await buildWorker(outDir), worker, tools, omissions };
}

/** Returns why it did not work. */
async function bundle(entry: string, outfile: string): Promise<string | undefined> {
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22.15',
      external: ['zstd-napi'],
      logLevel: 'silent',
    });
    return undefined;
  } catch (error) {
    return `cannot be built: ${error instanceof Error ? error.message.split('\n', 2).join(' ') : String(error)}`;
  }
}
