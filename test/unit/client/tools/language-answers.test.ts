import { describe, expect, it } from 'vitest';
import {
  cut,
  MOST_ANSWER_CHARACTERS,
  writeRunAnswer,
  writeRunsAnswer,
  writeUnknownTool,
} from '../../../../client/tools/language-answers.ts';
import { makeArtifact, makeRun } from '../../../support/sample-run.ts';

describe('answers for language models', () => {
  it('list runs with what is needed to go on', () => {
    expect(writeRunsAnswer({ runs: [makeRun()], nextCursor: null, total: 7 })).toBe(
      '1 of 7 runs, newest first:\n- r1: rlog-to-csv on /logs/drive.rlog.zst, completed, created 2026-11-27T12:00:00.000Z',
    );
    expect(writeRunsAnswer({ runs: [], nextCursor: null, total: 0 })).toBe('There are no runs that match.');
  });

  it('say what a run left, or why it left nothing', () => {
    const frames = makeArtifact({ name: 'frames.csv', mediaType: 'text/csv', rows: 3 });
    expect(writeRunAnswer(makeRun(), [frames])).toContain('- frames.csv (text/csv, 48.2\u00a0kB, 3 rows)');
    const error = {
      code: 'NOT_A_LOG',
      category: 'validation_error',
      message: 'It is none',
      details: {},
      suggestedActions: ['Choose another.'],
    } as const;
    expect(writeRunAnswer(makeRun({ state: 'failed', error }), [])).toBe(
      'Run r1 of rlog-to-csv is failed.\nFailure NOT_A_LOG: It is none\nChoose another.',
    );
  });

  it('name what there is where a name is wrong', () => {
    expect(writeUnknownTool('x"', [])).toBe('There is no analyzer "x\\"". There are:');
  });

  it('are bounded, and say so', () => {
    expect(cut('x'.repeat(MOST_ANSWER_CHARACTERS + 5))).toMatch(/… 5 more characters are left out\.$/);
    expect(cut('x')).toBe('x');
  });
});
