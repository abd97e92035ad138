import type { DbcCoverage } from '#protocol';
import { FrameTable } from '../../can/frame-table.ts';
import { findProtection } from '../checksums/protection.ts';
import { NOT_CHECKABLE, RIGHT, verifyChecksums, WRONG } from '../checksums/protection-checks.ts';
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

/** Different payloads whose checksums were checked: frames of zeros, and those that repeat, prove nothing. */
export interface ChecksumProof {
  /** Messages with a right one. */
  readonly messages: number;
  readonly right: number;
  readonly wrong: number;
}

/** Measures how much the checksums on a bus speak for a database. */
export function measureProof(survey: FrameSurvey, bus: number, measured: MeasuredDatabase): ChecksumProof {
  const proof = { messages: 0, right: 0, wrong: 0 };
  for (const row of survey.listRows(bus)) {
    const message = findMessage(measured.database, survey.arbitrationId[row]!);
    const { results, table } = verifySamples(survey, row, message, measured.name);
    const right = new Set<string>();
    results.forEach((result, sample) => {
      const start = table.dataStart[sample]!;
      const payload = table.data.subarray(start, start + table.dataLength[sample]!);
      if (payload.every((byte) => byte === 0)) return;
      if (result === RIGHT) right.add(payload.join(' '));
      if (result === WRONG) proof.wrong++;
    });
    proof.right += right.size;
    if (right.size > 0) proof.messages++;
  }
  return proof;
}

function checkSamples(
  survey: FrameSurvey,
  row: number,
  message: DatabaseMessage,
  name: string,
): { readonly checked: number; readonly wrong: number } {
  const { results } = verifySamples(survey, row, message, name);
  const checked = results.filter((result) => result !== NOT_CHECKABLE).length;
  return { checked, wrong: results.filter((result) => result === WRONG).length };
}

function verifySamples(
  survey: FrameSurvey,
  row: number,
  message: DatabaseMessage | undefined,
  name: string,
): { readonly results: Uint8Array; readonly table: FrameTable } {
  const protection = message && findProtection(message, name);
  if (protection?.checksum === undefined) return { results: new Uint8Array(0), table: NO_SAMPLES };
  const table = survey.copySamples(row);
  const rows = Uint32Array.from({ length: table.length }, (_, i) => i);
  return { results: verifyChecksums(protection, table, rows), table };
}

const NO_SAMPLES = new FrameTable(0);
