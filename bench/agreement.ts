import { ROW_LABELS } from './contestants.ts';
import type { InputResult, RowResult } from './rounds.ts';

/** What both sides must have found, or they did not do the same work. */
const FINDINGS = ['rawBytes', 'events', 'frames', 'csvBytes'] as const;

/** Lists where a row found something else than the row it is compared with, in words. */
export function listDisagreements({ input, rows }: InputResult): readonly string[] {
  return rows.flatMap((row) => {
    const reference = rows.find(({ id }) => id === row.reference);
    return reference === undefined
      ? []
      : compareFindings(row, reference).map((difference) => `${input.label}: ${difference}`);
  });
}

function compareFindings(row: RowResult, reference: RowResult): readonly string[] {
  const own = row.report;
  const other = reference.report;
  if (own === undefined || other === undefined) return [];
  return FINDINGS.filter((finding) => own[finding] !== other[finding]).map(
    (finding) =>
      `${ROW_LABELS[row.id]} has ${finding} ${own[finding]}, ${ROW_LABELS[reference.id]} ${other[finding]}`,
  );
}
