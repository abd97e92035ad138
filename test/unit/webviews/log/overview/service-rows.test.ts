import { describe, expect, test } from 'vitest';
import {
  listServiceRows,
  sortServiceRows,
  summarizeServices,
} from '../../../../../webviews/log/overview/service-rows.ts';
import { makeOverview } from '../../../../support/fake-log.ts';

const ROWS = listServiceRows(makeOverview());

describe('rows of services', () => {
  test('those with findings first, then by count', () => {
    const names = sortServiceRows(ROWS, null).map(({ service }) => service);
    expect(names.slice(0, 5)).toEqual(['sendcan', 'magnetometer', 'can', 'accelerometer', 'gyroscope']);
  });

  test('know what is slow and what was silent', () => {
    const find = (name: string) => ROWS.find(({ service }) => service === name);
    expect(find('sendcan')).toMatchObject({ isSlow: true, hasGap: false });
    expect(find('can')).toMatchObject({ isSlow: false, hasGap: true, gapSeconds: 1.51 });
    expect(find('magnetometer')?.ratio).toBeCloseTo(0.394, 2);
    expect(find('initData')).toMatchObject({ ratio: null, rateHz: null, gapSeconds: null });
  });

  test('sort by a column, those without a value last', () => {
    const up = sortServiceRows(ROWS, { column: 'ratio', direction: 'ascending' });
    const down = sortServiceRows(ROWS, { column: 'ratio', direction: 'descending' });
    expect(up[0]?.service).toBe('magnetometer');
    expect(up.at(-1)?.ratio).toBeNull();
    expect(down.at(-1)?.ratio).toBeNull();
    expect(down[0]?.ratio).toBeGreaterThan(1);
    const names = sortServiceRows(ROWS, { column: 'service', direction: 'descending' });
    expect(names[0]?.service).toBe('wideRoadEncodeIdx');
  });

  test('a column that is not there sorts as none does', () => {
    const sorted = sortServiceRows(ROWS, { column: '__proto__', direction: 'ascending' });
    expect(sorted).toEqual(sortServiceRows(ROWS, null));
  });
});

test('the head counts what was found', () => {
  expect(summarizeServices(ROWS)).toBe('46 · 2 below their rate, 1 gap over 1\u00A0s');
  expect(summarizeServices(ROWS.slice(0, 1))).toBe('1');
});
