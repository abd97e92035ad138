import { describe, expect, it } from 'vitest';
import { groupRuns } from '../../../../client/runs/run-groups.ts';
import {
  describeArtifact,
  describeFailure,
  describeInput,
  describeRun,
  listRunFacts,
} from '../../../../client/runs/run-words.ts';
import { untranslated } from '../../../../client/translate.ts';
import { makeArtifact, makeRun } from '../../../support/sample-run.ts';

const FAILED = makeRun({
  toolId: 'can-bitwatch',
  state: 'failed',
  durationSeconds: 0.4,
  error: {
    code: 'INVALID_PARAMETER',
    category: 'validation_error',
    message: 'The window 70–80 s lies after the end of the log (66.2 s)',
    details: {},
    suggestedActions: [],
  },
});

const PROBLEM = { code: 'LOG_CUT', message: 'cut' } as const;
const REPORT = {
  ...{ name: 'x', segments: [], fileBytes: 1, logBytes: 1, events: 1, isWhole: false },
  problems: [PROBLEM],
};

describe('describeRun', () => {
  it.each([
    [makeRun(), 'drive.rlog.zst · 0.66\u00a0s', 'pass', 'run:completed:input'],
    [
      makeRun({ state: 'running', progress: 62.7 }),
      'drive.rlog.zst · 62\u00a0%',
      'loading~spin',
      'run:running:input',
    ],
    [
      makeRun({ state: 'queued', queuePosition: 2 }),
      'drive.rlog.zst · queued, 2.',
      'clock',
      'run:queued:input',
    ],
    [FAILED, 'drive.rlog.zst · failed', 'error', 'run:failed:input'],
    [
      makeRun({ state: 'canceled', input: null, inputName: null }),
      'cancelled',
      'primitive-square',
      'run:canceled',
    ],
    [makeRun({ report: REPORT }), 'drive.rlog.zst · 1 finding', 'warning', 'run:completed:input'],
    [
      makeRun({ name: 'my run', report: { ...REPORT, problems: [PROBLEM, PROBLEM] } }),
      'my run · 2 findings',
      'warning',
      'run:completed:input',
    ],
  ])('has time or state in words, and an icon of its own: %#', (run, ...shown) => {
    const row = describeRun(run, untranslated);
    expect([row.description, row.icon.id, row.context]).toEqual(shown);
  });

  it('says all of it to screen readers', () => {
    expect(describeRun(makeRun(), untranslated).spoken).toBe(
      'rlog-to-csv, drive.rlog.zst, completed, 0.66\u00a0s',
    );
  });

  it('shows foreign names as they may be shown', () => {
    const { description } = describeRun(makeRun({ inputName: 'a\u001b[31m\n\u202eb' }), untranslated);
    expect(description).toBe('a\ufffd[31m\ufffd\ufffdb · 0.66\u00a0s');
  });
});

describe('describeFailure', () => {
  it('says what failed, after how long, and why', () => {
    expect(describeFailure(FAILED, untranslated)).toBe(
      'can-bitwatch failed after 0.40\u00a0s. The window 70–80 s lies after the end of the log (66.2 s).',
    );
  });
});

describe('describeInput', () => {
  it('names what is read as it was named', () => {
    expect(describeInput(makeRun())).toBe('/logs/drive.rlog.zst');
    expect(describeInput(makeRun({ input: { type: 'upload', uploadId: 'u1' }, inputName: null }))).toBe(
      'upload:u1',
    );
    expect(describeInput(makeRun({ input: { type: 'artifact', artifactId: 'a1' } }))).toBe('drive.rlog.zst');
    expect(describeInput(makeRun({ input: null }))).toBe('–');
  });
});

describe('listRunFacts', () => {
  it('has the failure where there is one', () => {
    expect(listRunFacts(FAILED, untranslated)).toContainEqual(['Failure', FAILED.error?.message]);
    expect(listRunFacts(makeRun(), untranslated).map(([name]) => name)).toEqual([
      'Tool',
      'Input',
      'State',
      'Created',
      'Run',
    ]);
  });
});

describe('describeArtifact', () => {
  it('tells size, and rows of tables', () => {
    expect(describeArtifact(makeArtifact(), untranslated)).toBe('48.2\u00a0kB');
    expect(describeArtifact(makeArtifact({ rows: 12_800 }), untranslated)).toBe(
      '48.2\u00a0kB · 12\u202f800 rows',
    );
    expect(describeArtifact(makeArtifact({ rows: 1 }), untranslated)).toBe('48.2\u00a0kB · 1 row');
  });
});

describe('groupRuns', () => {
  const now = new Date(2026, 10, 27, 0, 30);
  const names = { now, language: 'en', translate: untranslated };
  const at = (...parts: readonly [number, number, number, number]): string =>
    new Date(...parts).toISOString();

  it('puts first what is not over, then days of the user', () => {
    const runs = [
      makeRun({ id: 'a', createdAt: at(2026, 10, 27, 0) }),
      makeRun({ id: 'b', createdAt: at(2026, 10, 26, 23), state: 'running' }),
      makeRun({ id: 'c', createdAt: at(2026, 10, 26, 22) }),
      makeRun({ id: 'd', createdAt: at(2026, 9, 1, 12) }),
    ];
    const groups = groupRuns(runs, names).map((group) => [
      group.id,
      group.label,
      group.runs.map(({ id }) => id).join(),
    ]);
    expect(groups).toEqual([
      ['running', 'Running', 'b'],
      ['2026-11-27', 'Today', 'a'],
      ['2026-11-26', 'Yesterday', 'c'],
      ['2026-10-01', 'Thu, Oct 1, 2026', 'd'],
    ]);
  });

  it('has a place for runs without a day', () => {
    expect(groupRuns([makeRun({ createdAt: 'soon' })], names)[0]?.label).toBe('Unknown day');
    expect(groupRuns([], names)).toEqual([]);
  });
});
