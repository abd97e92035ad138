import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPeer } from './peers/build-peer.ts';
import { buildWorker } from './workers/build-worker.ts';

/** The programs to compare; rows of those that are missing are left out. */
export interface Programs {
  /** Name of the zstd command. */
  readonly zstd: string | undefined;
  /** The compiled C++ peer. */
  readonly peer: string | undefined;
  /** The bundled worker, see `workers/cts-worker.ts`. */
  readonly worker: string;
  /** The bundled command line. */
  readonly cli: string | undefined;
  /** Folder for CSV files. */
  readonly outDir: string;
}

/** The programs that this machine has, and why others are missing. */
export interface ProgramSearch {
  readonly programs: Programs;
  readonly omissions: readonly string[];
}

/** Builds or finds the programs; what is built goes to `outDir`. */
export async function preparePrograms(root: string, outDir: string): Promise<ProgramSearch> {
  mkdirSync(outDir, { recursive: true });
  const zstd = spawnSync('zstd', ['--version']).status === 0;
  const peer = buildPeer(join(outDir, 'peer'));
  const cli = join(root, 'dist/cts.cjs');
  const hasCli = existsSync(cli);
  return {
    programs: {
      zstd: zstd ? 'zstd' : undefined,
      peer: peer.kind === 'built' ? peer.executable : undefined,
      worker: await buildWorker(outDir),
      cli: hasCli ? cli : undefined,
      outDir,
    },
    omissions: [
      ...(zstd ? [] : ['`zstd -d`: there is no zstd command']),
      ...(peer.kind === 'built' ? [] : [`the C++ peer: ${peer.reason}`]),
      ...(hasCli ? [] : ['`cts info`: dist/cts.cjs is not built']),
    ],
  };
}
