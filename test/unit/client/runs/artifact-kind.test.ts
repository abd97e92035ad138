import { describe, expect, it } from 'vitest';
import { chooseResult, iconOf, kindOf } from '../../../../client/runs/artifact-kind.ts';
import { makeArtifact } from '../../../support/sample-run.ts';

const CSV = makeArtifact({ id: 'csv', name: 'frames.csv', mediaType: 'text/csv', rows: 10 });
const REPORT = makeArtifact({ id: 'report' });

describe('kindOf', () => {
  it.each([
    ['text/html', 'report.html', 'report', 'graph'],
    ['text/html; charset=utf-8', 'x', 'report', 'graph'],
    ['text/csv', 'a.csv', 'text', 'file-text'],
    ['application/json', 'a', 'text', 'json'],
    ['image/png', 'a.png', 'image', 'file-media'],
    ['application/vnd.apache.parquet', 'a.parquet', 'other', 'file-binary'],
  ] as const)('opens %s %s as %s', (mediaType, name, ...shown) => {
    expect([kindOf({ mediaType, name }), iconOf({ mediaType, name })]).toEqual(shown);
  });
});

describe('chooseResult', () => {
  it('prefers the report, then a table that is not huge', () => {
    expect(chooseResult([CSV, REPORT])).toBe(REPORT);
    expect(chooseResult([makeArtifact({ name: 'x.json', mediaType: 'application/json' }), CSV])).toBe(CSV);
    expect(chooseResult([{ ...CSV, sizeBytes: 5_000_001 }])).toBeUndefined();
    expect(chooseResult([])).toBeUndefined();
  });
});
