import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkerPool } from '../../../server/adapters/workers/worker-pool.ts';

/** A small service: it owns a pool, starts runs that never end, and prints the ids of all their processes. */
function main([program = '', folder = '']: readonly string[]): void {
  const pool = createWorkerPool({ program, heapMegabytes: 128, prefork: 1 });
  for (const toolId of ['ignore-everything', 'loop']) {
    const job = {
      runId: toolId,
      attempt: 1,
      toolId,
      parameters: {},
      input: null,
      files: {},
      maxBytes: null,
      workFolder: mkdtempSync(join(folder, 'work-')),
      limits: { heapMegabytes: 128, residentMegabytes: 512, artifactBytes: 1 },
    };
    pool.execute(job, {
      onStarted: () => undefined,
      onProgress: () => undefined,
      onLine: ({ message }) => {
        process.stdout.write(`${message}\n`);
      },
    });
  }
}

main(process.argv.slice(2));
