import { expect, test } from 'vitest';
import { describeLoad, maskDongle, nameCar } from '../../../../../webviews/log/frame/identity-texts.ts';
import { makeLoadReport, makeSegmentReport, makeSessionState } from '../../../../support/fake-log.ts';

test.each([
  ['TOYOTA_RAV4', 'Toyota RAV4'],
  ['HONDA_CIVIC_2022', 'Honda CIVIC 2022'],
  ['GMC_ACADIA', 'GMC ACADIA'],
  ['TOYOTA RAV4 HYBRID 2017', 'Toyota RAV4 HYBRID 2017'],
  ['mock', 'mock'],
  ['', ''],
])('%j is called %j', (fingerprint, name) => {
  expect(nameCar(fingerprint)).toBe(name);
});

test('a dongle id shows its ends only', () => {
  expect(maskDongle('b0c9d2329ad1606b')).toBe('b0c9…606b');
  expect(maskDongle('short')).toBe('short');
});

test('the load report in a word', () => {
  expect(describeLoad(makeSessionState())).toMatchObject({ label: 'Complete', tone: 'ok' });
  expect(describeLoad(makeSessionState({ phase: 'reading', fraction: 0.24 })).label).toBe(
    'Reading 24\u2009%',
  );
  const segment = makeSegmentReport({ isWhole: false, problems: [{ code: 'LOG_CUT', message: 'cut' }] });
  const report = makeLoadReport({ segments: [segment] });
  expect(describeLoad(makeSessionState({ report }))).toMatchObject({
    label: 'Partly readable',
    tone: 'warning',
  });
});
