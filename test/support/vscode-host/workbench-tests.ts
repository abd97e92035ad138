import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe } from 'vitest';
import { repository } from '../repository.ts';
import { sharedDir } from '../shared.ts';
import { testedHost } from './editor-session.ts';
import { describeMissingParts } from './installed-host.ts';

const missing = describeMissingParts(testedHost);

/** What a suite needs besides the workbench. */
export interface SuiteNeeds {
  /** Whether the recorded minute is worked on. */
  readonly realMinute?: boolean;
}

/** A suite that acts in the workbench; skipped where something is not there, with the reason in its name. */
export function describeWorkbench(what: string, suite: () => void, needs: SuiteNeeds = {}): void {
  const isWithoutMinute = needs.realMinute === true && realMinute === undefined;
  const reason = missing ?? (isWithoutMinute ? 'no recorded minute on this machine' : undefined);
  const note = reason === undefined ? `, ${testedHost} host` : ` (skipped: ${reason})`;
  describe.skipIf(reason !== undefined)(`${what}${note}`, suite);
}

/** The log that comes with the extension. */
export const sampleLog: string = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');

/** A recorded minute of a Toyota; undefined where the folder with known answers is not there. */
export const realMinute: string | undefined =
  sharedDir === undefined ? undefined : join(sharedDir, 'data/real-rav4-minute.rlog.zst');

/** Puts copies of files into a folder, under their own names. */
export function copyInto(folder: string, ...paths: readonly string[]): void {
  for (const path of paths) copyFileSync(path, join(folder, basename(path)));
}
