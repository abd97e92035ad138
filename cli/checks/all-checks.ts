import type { Check } from './check.ts';
import { checkConfiguration } from './configuration-check.ts';
import { checkDataFolder, checkDisk } from './data-folder-check.ts';
import { checkNative, checkNode } from './machine-checks.ts';
import { checkService } from './service-check.ts';

/** Everything that `cts doctor` looks at, in its order. */
export const CHECKS: readonly Check[] = [
  checkNode,
  checkNative,
  checkConfiguration,
  checkDataFolder,
  checkDisk,
  checkService,
];
