import { describe, expect, it } from 'vitest';
import { describeActiveRuns } from '../../../../client/runs/active-runs-words.ts';
import { untranslated } from '../../../../client/translate.ts';
import { makeRun } from '../../../support/sample-run.ts';

const RUNNING = makeRun({ state: 'running', progress: 62 });

describe('describeActiveRuns', () => {
  it('names the only one with its progress, and counts several', () => {
    expect(describeActiveRuns([], untranslated)).toBeUndefined();
    expect(describeActiveRuns([RUNNING], untranslated)).toBe('$(loading~spin) rlog-to-csv 62\u00a0%');
    expect(describeActiveRuns([RUNNING, RUNNING], untranslated)).toBe('$(loading~spin) 2 runs');
  });

  it('takes no icon from a name', () => {
    expect(describeActiveRuns([{ ...RUNNING, toolId: '$(flame)x' }], untranslated)).toContain('$ (flame)x');
  });
});
