import { expect, test } from 'vitest';
import { describeLoading, findTenth } from '../../../../../webviews/log/states/loading-text.ts';
import { makeSessionState } from '../../../../support/fake-log.ts';

test('tells how far a log is read', () => {
  const state = makeSessionState({ fraction: 0.24, events: 20_642, seconds: 20.6, expectedSeconds: 66.2 });
  expect(describeLoading(state).replaceAll(/[\u2009\u00A0]/g, ' ')).toBe(
    '24 % · 20 642 events so far · up to 0:20.6 of about 1:06',
  );
  expect(describeLoading({ ...state, expectedSeconds: null })).not.toContain('about');
});

test('tenths do not leave 0 to 100', () => {
  expect([-1, 0, 0.099, 0.1, 0.999, 1, 7].map(findTenth)).toEqual([0, 0, 0, 10, 90, 100, 100]);
});
