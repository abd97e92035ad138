import type { GridSort } from '../../shared/grid-columns.ts';
import type { Overview } from '../overview-feed.ts';

/** A service as a row. */
export interface ServiceRow {
  readonly service: string;
  readonly count: number;
  readonly rateHz: number | null;
  readonly expectedHz: number | null;
  /** Rate against what is expected; null where nothing is. */
  readonly ratio: number | null;
  readonly gapSeconds: number | null;
  readonly isSlow: boolean;
  readonly hasGap: boolean;
  /** What was found, a line each. */
  readonly findings: readonly string[];
}

/** Makes rows of services, with what was found of each. */
export function listServiceRows({
  info,
  findings,
}: Pick<Overview, 'info' | 'findings'>): readonly ServiceRow[] {
  return info.services.map(({ service, count, rateHz, expectedHz, longestGap }) => {
    const own = findings.filter((finding) => finding.service === service && finding.severity === 'warning');
    return {
      service,
      count,
      rateHz,
      expectedHz,
      ratio: rateHz === null || expectedHz === null || expectedHz === 0 ? null : rateHz / expectedHz,
      gapSeconds: longestGap?.seconds ?? null,
      isSlow: own.some(({ kind }) => kind === 'slow'),
      hasGap: own.some(({ kind }) => kind === 'gap'),
      findings: own.map(({ text }) => text),
    };
  });
}

const VALUES = new Map<string, (row: ServiceRow) => number | string | null>([
  ['service', (row) => row.service.toLowerCase()],
  ['count', (row) => row.count],
  ['rate', (row) => row.rateHz],
  ['expected', (row) => row.expectedHz],
  ['ratio', (row) => row.ratio],
  ['gap', (row) => row.gapSeconds],
]);

/** Sorts rows: by a column, or where none is chosen those with findings first, then by count. */
export function sortServiceRows(rows: readonly ServiceRow[], sort: GridSort | null): readonly ServiceRow[] {
  const read = sort === null ? undefined : VALUES.get(sort.column);
  if (sort === null || read === undefined) return [...rows].sort(compareByFindings);
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...rows].sort(
    (a, b) => compareValues(read(a), read(b), sign) || a.service.localeCompare(b.service),
  );
}

function compareByFindings(a: ServiceRow, b: ServiceRow): number {
  return rank(a) - rank(b) || b.count - a.count || a.service.localeCompare(b.service);
}

function rank({ isSlow, hasGap, findings }: ServiceRow): number {
  if (isSlow) return 0;
  if (hasGap) return 1;
  return findings.length > 0 ? 2 : 3;
}

/** Rows without a value come last, whatever the direction. */
function compareValues(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' || typeof b === 'string') return sign * String(a).localeCompare(String(b));
  return sign * (a - b);
}

/** What the head of the table says: "53 · 2 below their rate, 1 gap over 1 s". */
export function summarizeServices(rows: readonly ServiceRow[]): string {
  const slow = rows.filter(({ isSlow }) => isSlow).length;
  const gaps = rows.filter(({ hasGap }) => hasGap).length;
  const found = [
    ...(slow > 0 ? [`${slow} below ${slow === 1 ? 'its' : 'their'} rate`] : []),
    ...(gaps > 0 ? [`${gaps} ${gaps === 1 ? 'gap' : 'gaps'} over 1\u00A0s`] : []),
  ];
  return found.length === 0 ? String(rows.length) : `${rows.length} · ${found.join(', ')}`;
}
