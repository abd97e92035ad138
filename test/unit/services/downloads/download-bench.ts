import type { Download, StartDownloadParams } from '#protocol';
import {
  DownloadService,
  type DownloadLimits,
} from '../../../../server/services/downloads/download-service.ts';
import { createCountedIds, FakeClock, settle } from '../../../support/fake-clock.ts';
import { MemoryDownloadStore } from '../../../support/memory-download-store.ts';
import { ScriptedComma } from './scripted-comma.ts';
import { ScriptedFiles, ScriptedFolder } from './scripted-files.ts';

export const DONGLE = '0123456789abcdef';
export const LOG = '2024-04-19--12-33-20';
export const ROUTE = `${DONGLE}|${LOG}`;

/** A download service on ports that do as they are told. */
export class DownloadBench {
  readonly store = new MemoryDownloadStore();
  readonly comma = new ScriptedComma();
  readonly files = new ScriptedFiles();
  readonly folder = new ScriptedFolder();
  readonly clock = new FakeClock();
  readonly faults: unknown[] = [];
  readonly createId = createCountedIds('download');
  readonly onFault = (error: unknown): void => void this.faults.push(error);

  constructor() {
    this.comma.files.set(ROUTE, { logs: listUrls(2) });
  }

  open(limits: DownloadLimits = {}): Promise<DownloadService> {
    return DownloadService.open(this, limits);
  }
}

export function askFor(params: Partial<StartDownloadParams> = {}): StartDownloadParams {
  return { route: ROUTE, fileTypes: ['logs'], searchDays: 7, resume: true, parallel: 4, ...params };
}

/** Addresses of the rlogs of so many segments. */
export function listUrls(count: number): readonly string[] {
  return Array.from({ length: count }, (_, segment) => `https://h/${segment}/rlog.zst`);
}

/** Lets a download go on until it is in one of these states. */
export async function reach(
  service: DownloadService,
  id: string,
  ...states: readonly Download['state'][]
): Promise<Download> {
  for (let turn = 0; turn < 1000; turn++) {
    const download = await service.get(id);
    if (states.includes(download.state)) return download;
    await settle();
  }
  throw new Error(`Download ${id} never was ${states.join(' or ')}`);
}
