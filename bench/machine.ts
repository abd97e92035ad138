import { spawnSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';

/** What the figures were taken on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  /** Version of the zstd command, `undefined` where there is none. */
  readonly zstd: string | undefined;
}

/** Describes the machine at hand. */
export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    zstd: readZstdVersion(),
  };
}

function readZstdVersion(): string | undefined {
  const { status, stdout } = spawnSync('zstd', ['--version'], { encoding: 'utf8' });
  return status === 0 ? /v[\d.]+/.exec(stdout)?.[0].replace(/\.$/, '') : undefined;
}
