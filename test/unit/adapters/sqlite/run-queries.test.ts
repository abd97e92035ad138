import { describe, expect, it } from 'vitest';
import { planCount, planPage } from '../../../../server/adapters/sqlite/run-queries.ts';
import { LIST_ENDED } from '../../../../server/adapters/sqlite/run-statements.ts';
import { openStateDatabase } from '../../../../server/adapters/sqlite/state-database.ts';
import type { RunSelection } from '../../../../server/services/runs/run-store.ts';
import { useTemporaryFolder } from '../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();

const SELECTIONS: readonly Omit<RunSelection, 'limit'>[] = [
  {},
  { before: 'run-1' },
  { states: ['failed'] },
  { states: ['queued', 'running', 'failed'] },
  { toolId: 'x' },
  { states: ['queued', 'failed'], toolId: 'x' },
  { since: '2026-01-01T00:00:00Z' },
  { since: '2026-01-01T00:00:00Z', states: ['failed', 'completed'], toolId: 'x', before: 'run-1' },
];

/** How SQLite goes about a query, a step each. */
function explain(sql: string, values: object): readonly string[] {
  const database = openStateDatabase(folder.path);
  const steps = database.connection.prepare<[object]>(`EXPLAIN QUERY PLAN ${sql}`).all(values);
  database.close();
  return steps.map((step) => (step as { detail: string }).detail);
}

describe('run queries', () => {
  it.each(SELECTIONS)('read no more runs than they list: %j', (selection) => {
    const { sql, values } = planPage({ ...selection, limit: 10 }, { start: 5, end: 90 });
    const steps = explain(sql, values);
    expect(steps.filter((step) => step.startsWith('SCAN runs'))).toEqual([]);
    expect(steps.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  });

  it('choose old runs from an index alone', () => {
    const steps = explain(LIST_ENDED, {});
    expect(steps[0]).toMatch(/^SEARCH runs USING COVERING INDEX runs_by_end/);
  });

  it.each(SELECTIONS)('count from an index alone: %j', (selection) => {
    const { sql, values } = planCount(selection);
    const steps = explain(sql, values);
    expect(steps.filter((step) => step.includes('runs') && !step.includes('COVERING INDEX'))).toEqual([]);
  });
});
