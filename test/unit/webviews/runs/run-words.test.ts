import { describe, expect, test } from 'vitest';
import type { Run } from '#protocol';
import { describeFailedRun, describeProgress } from '../../../../webviews/runs/run-words.ts';

const DONE: Run = {
  ...{ id: '1', toolId: 'can-bitwatch', toolVersion: '1', name: null, state: 'completed', input: null },
  ...{ inputName: null, parameters: {}, createdAt: '', startedAt: null, completedAt: null },
  ...{ durationSeconds: 0.66, progress: null, progressMessage: null, attempt: 1, queuePosition: null },
  ...{ artifactIds: [], error: null, recoveryAttempted: false, rerunOf: null, report: null },
};

describe('the end of a row', () => {
  test.each([
    [{}, '660\u00A0ms'],
    [{ state: 'running', progress: 62 }, '62\u2009%'],
    [{ state: 'running' }, 'running'],
    [{ state: 'queued', queuePosition: 2 }, '2. in line'],
    [{ state: 'canceled' }, 'cancelled'],
    [{ state: 'failed' }, 'failed'],
  ] as const)('of %j says %s', (changes, words) => {
    expect(describeProgress({ ...DONE, ...changes })).toBe(words);
  });

  test('counts what was found amiss in the log', () => {
    const problem = { code: 'LOG_CUT', message: 'cut' } as const;
    const report = {
      ...{ name: 'x', segments: [], fileBytes: 1, logBytes: 1, events: 1, isWhole: false },
      problems: [problem],
    };
    expect(describeProgress({ ...DONE, report })).toBe('1\u00A0finding');
  });
});

test('a failed run is told with its time, where it has one', () => {
  expect(describeFailedRun({ ...DONE, durationSeconds: 0.4 })).toBe('can-bitwatch failed after 400\u00A0ms.');
  expect(describeFailedRun({ ...DONE, durationSeconds: null })).toBe('can-bitwatch failed.');
});
