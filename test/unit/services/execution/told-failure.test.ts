import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { describeFailure, findStack } from '../../../../server/services/execution/told-failure.ts';

const tool = { id: 'mill' };

describe('a failure', () => {
  it.each([
    { thrown: new Error('no corn'), message: 'mill broke: no corn' },
    { thrown: 'no wind', message: 'mill broke: no wind' },
    { thrown: undefined, message: 'mill broke: undefined' },
    {
      thrown: Object.create(null) as unknown,
      message: 'mill broke: it threw something that cannot be shown',
    },
  ])('of $thrown is the tool broken', ({ thrown, message }) => {
    expect(describeFailure(tool, thrown)).toEqual({
      code: 'TOOL_FAILED',
      message,
      details: { tool: 'mill' },
      actions: [],
    });
  });

  it('is never told at endless length', () => {
    expect(describeFailure(tool, new Error('x'.repeat(1e6))).message).toHaveLength(4002);
    expect(describeFailure(tool, new CtsError('DISK_FULL', 'x'.repeat(1e6))).message).toHaveLength(4002);
  });

  it('has a stack when nobody foresaw it', () => {
    expect(findStack(new Error('no corn'))).toMatch(/^Error: no corn\n {4}at /);
    expect(findStack(new CtsError('DISK_FULL', 'full'))).toBeUndefined();
    expect(findStack('no wind')).toBeUndefined();
  });
});
