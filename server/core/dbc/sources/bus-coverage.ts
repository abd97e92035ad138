import type { DbcCoverage } from '#protocol';
import { findProtection } from '../checksums/protection.ts';
import { NOT_CHECKABLE, verifyChecksums, WRONG } from '../checksums/protection-checks.ts';
import { type Database, type DatabaseMessage, findMessage } from '../model/database.ts';
import type { FrameSurvey } from './frame-survey.ts';

/** What a bus is measured against. */
export interface MeasuredDatabase {
  /** File name without `.dbc`: checksums go by it. */
  readonly name: string;
  readonly database: Database;
}

/** Measures how much of a bus a database explains. Checksums are checked on the last frames of each message. */
export function measureCoverage(
  survey: FrameSurvey,
  bus: number,
  measured: MeasuredDatabase | undefined,
): DbcCoverage {
  const rows = survey.listRows(bus);
  const coverage = {
    frames: survey.busFrames[bus]!,
    decodedFrames: 0,
    messages: rows.length,
    decodedMessages: 0,
    otherSize: 0,
    checkedFrames: 0,
    wrongChecksums: 0,
  };
  if (measured === undefined) return coverage;
  for (const row of rows) {
    const message = findMessage(measured.database, survey.arbitrationId[row]!);
    if (message === undefined) continue;
    coverage.decodedMessages++;
    coverage.decodedFrames += survey.frames[row]!;
    if (!survey.hasSize(row, message.size) || survey.countSizes(row) > 1) coverage.otherSize++;
    const { checked, wrong } = checkSamples(survey, row, message, measured.name);
    coverage.checkedFrames += checked;
    coverage.wrongChecksums += wrong;
  }
  return coverage;
}

function checkSamples(
  survey: FrameSurvey,
  row: number,
  message: DatabaseMessage,
  name: string,
): { readonly checked: number; readonly wrong: number } {
  const protection = findProtection(message, name);
  if (protection?.checksum === undefined) return { checked: 0, wrong: 0 };
  const table = survey.copySamples(row);
  const results = verifyChecksums(
    protection,
    table,
    Uint32Array.from({ length: table.length }, (_, i) => i),
  );
  const checked = results.filter((result) => result !== NOT_CHECKABLE).length;
  return { checked, wrong: results.filter((result) => result === WRONG).length };
}
