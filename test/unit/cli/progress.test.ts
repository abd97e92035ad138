import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import type { LogHandlers } from '../../../cli/request.ts';
import { type CtsCircumstances, runFakeCts } from '../../support/fake-engine.ts';
import { WHOLE_REPORT } from '../../support/sample-answers.ts';

const CLEAR = '\r\u001b[K';
const FULL_BAR = `${CLEAR}${'█'.repeat(24)} 100 %  reading x`;
const EMPTY_BAR = `${CLEAR}${'░'.repeat(24)}   0 %  reading x`;

/** An engine that works in twenty steps, and hands on an event at the end. */
const engine: Partial<LogHandlers> = {
  'logs/readEvents': async (_, { notify }) => {
    await workInSteps({ notify });
    await notify('logs/eventsRead', { lines: ['{}'] });
    return { delivered: 1, report: WHOLE_REPORT };
  },
};

async function workInSteps({ notify }: Pick<RequestContext, 'notify'>): Promise<void> {
  for (let step = 0; step <= 20; step++)
    await notify('work/progressed', { fraction: step / 20, message: 'reading x' });
}

async function stderrOf(args: readonly string[], kind: CtsCircumstances = {}): Promise<string> {
  return (await runFakeCts([...args, 'events', 'x'], { engine, ...kind })).stderr;
}

const TENTHS = Array.from({ length: 11 }, (_, i) => `${String(10 * i).padStart(3)} %  reading x\n`).join('');

describe('progress', () => {
  it.each([
    { what: 'no terminal', args: [], kind: {}, stderr: '' },
    { what: 'no terminal, but asked for', args: ['--progress'], kind: {}, stderr: TENTHS },
    { what: 'no terminal, --quiet', args: ['--progress', '--quiet'], kind: {}, stderr: '' },
    { what: 'a terminal, --quiet', args: ['-q'], kind: { isTTY: true }, stderr: '' },
    { what: 'a terminal of CI', args: [], kind: { isTTY: true, env: { CI: '1' } }, stderr: '' },
  ])('with $what', async ({ args, kind, stderr }) => {
    expect(await stderrOf(args, kind)).toBe(stderr);
  });

  it('is drawn over on a terminal, and gone before data is printed', async () => {
    const stderr = await stderrOf(['--no-color'], { isTTY: true });
    expect(stderr.startsWith(EMPTY_BAR)).toBe(true);
    expect(stderr.endsWith(`${FULL_BAR}${CLEAR}`)).toBe(true);
    expect(stderr).not.toContain('\n');
  });

  it('is gone when the work fails', async () => {
    const failing: Partial<LogHandlers> = {
      'logs/readEvents': async (_, context) => {
        await workInSteps(context);
        throw new Error('no');
      },
    };
    const stderr = await stderrOf(['--no-color'], { isTTY: true, engine: failing });
    expect(stderr).toContain(`${FULL_BAR}${CLEAR}internal error`);
  });
});
