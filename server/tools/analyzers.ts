import { canBitTransition } from './can-bit-transition/can-bit-transition.ts';
import { canBitwatch } from './can-bitwatch/can-bitwatch.ts';
import { canUnique } from './can-unique/can-unique.ts';
import { cruiseControlAnalyzer } from './cruise-control-analyzer/cruise-control-analyzer.ts';
import { findSignal } from './find-signal/find-signal.ts';
import { logStats } from './log-stats/log-stats.ts';
import { rlogToCsv } from './rlog-to-csv/rlog-to-csv.ts';
import { createSignalsExport, type SignalsExportParts } from './signals-export/signals-export.ts';
import type { Analyzer } from './tool.ts';

/** What some of the analyzers are made with: formats of files that libraries write. */
export type AnalyzerParts = SignalsExportParts;

/** Makes every analyzer that CTS comes with, in the order in which they are offered. */
export function createAnalyzers(parts: AnalyzerParts): readonly Analyzer[] {
  return [
    canBitwatch,
    cruiseControlAnalyzer,
    findSignal,
    logStats,
    canUnique,
    canBitTransition,
    createSignalsExport(parts),
    rlogToCsv,
  ];
}
