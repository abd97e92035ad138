import { stat } from 'node:fs/promises';
import type { InputGate } from '../../services/runs/run-inputs.ts';
import type { LogFiles } from '../../services/sessions/log-files.ts';
import { openFileSource } from './file-source.ts';

/**
 * The files of logs on this machine's disks.
 *
 * @param gate Its folders are those that may be read.
 */
export function createLogFiles(gate: InputGate): LogFiles {
  return {
    version: async (path) => {
      try {
        const { mtimeNs, size, ino } = await stat(path, { bigint: true });
        return { sizeBytes: Number(size), stamp: [mtimeNs, size, ino].join(' ') };
      } catch {
        // Not there, or not to be looked at: opening it says why.
        return undefined;
      }
    },
    head: async (path, bytes) => {
      try {
        return await readHead(path, bytes, gate.roots);
      } catch {
        return new Uint8Array(0);
      }
    },
  };
}

async function readHead(path: string, bytes: number, roots: readonly string[]): Promise<Uint8Array> {
  const source = await openFileSource(path, roots);
  try {
    const head = new Uint8Array(bytes);
    return head.subarray(0, await source.readAt(head, 0));
  } finally {
    await source.close();
  }
}
