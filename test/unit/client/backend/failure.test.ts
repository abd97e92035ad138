import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { messageOf, toCtsError } from '../../../../client/backend/failure.ts';

describe('toCtsError', () => {
  it('keeps a failure of ours', () => {
    const failure = new CtsError('RUN_NOT_FOUND', 'No run');
    expect(toCtsError(failure)).toBe(failure);
  });

  it('reads code, details and advice of what was answered', () => {
    const data = { code: 'QUEUE_FULL', details: { limit: 5, odd: { a: 1 } }, actions: ['Wait.', 7] };
    expect(toCtsError({ code: -1, message: 'Full', data })).toMatchObject({
      code: 'QUEUE_FULL',
      message: 'Full',
      details: { limit: 5 },
      actions: ['Wait.'],
    });
  });

  it.each([
    ['an unknown code', { message: 'm', data: { code: 'MADE_UP' } }, 'm'],
    ['a name that every object has', { message: 'm', data: { code: 'constructor' } }, 'm'],
    ['plain text', 'broken', 'broken'],
    ['nothing', undefined, 'undefined'],
  ])('calls %s internal', (_name, error, message) => {
    expect(toCtsError(error)).toMatchObject({ code: 'INTERNAL_ERROR', message });
  });
});

describe('messageOf', () => {
  it('is bounded', () => {
    expect(messageOf(new Error('x'.repeat(5000)))).toHaveLength(2000);
  });
});
