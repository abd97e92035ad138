import { rlogToCsv } from './rlog-to-csv/rlog-to-csv.ts';
import type { Analyzer } from './tool.ts';

/** Every analyzer that CTS comes with, in the order in which they are offered. */
export const analyzers = [rlogToCsv] as const satisfies readonly Analyzer[];
