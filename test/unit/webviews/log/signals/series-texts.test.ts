import { describe, expect, it } from 'vitest';
import {
  describeValue,
  formatReading,
  isRest,
  nameSeries,
  nameState,
  unitOf,
} from '../../../../../webviews/log/signals/series-texts.ts';
import { makeSeries, makeSignalSeries } from '../../../../support/fake-series-log.ts';

const CRUISE = makeSignalSeries('CRUISE_STATE', {
  kind: 'enum',
  labels: [
    { value: 0, label: 'off' },
    { value: 8, label: 'adaptive_engaged' },
  ],
});
const PRESSED = makeSeries({ key: 'carState.steeringPressed', kind: 'boolean' });

describe('formatReading', () => {
  it.each([
    [18.8234, '18.82'],
    [-0.5, '−0.500'],
    [0.04412, '0.0441'],
    [-8, '−8'],
    [257.81, '257.8'],
    [12345.6, '12\u2009346'],
    [0.000298, '0.000298'],
    [0, '0'],
    [Number.NaN, '–'],
    [null, '–'],
  ])('%s', (value, text) => {
    expect(formatReading(value)).toBe(text);
  });
});

describe('texts of values', () => {
  it('tells states by their text, and Booleans by theirs', () => {
    expect(describeValue(CRUISE, { value: 8, label: 'adaptive_engaged' })).toBe('adaptive engaged');
    expect(describeValue(PRESSED, { value: 0, label: null })).toBe('false');
    expect(describeValue(CRUISE, { value: null, label: null })).toBe('–');
    expect(describeValue(undefined, undefined)).toBe('–');
  });

  it('writes states on lanes: number and text, a number where there is no text, nothing for false', () => {
    expect(nameState(CRUISE, 8)).toBe('8 adaptive engaged');
    expect(nameState(CRUISE, 0)).toBe('off');
    expect(nameState(CRUISE, 7)).toBe('7');
    expect(nameState(PRESSED, 0)).toBe('');
    expect(nameState(PRESSED, 1)).toBe('true');
  });

  it('knows which states are at rest', () => {
    expect(isRest(CRUISE, 0)).toBe(true);
    expect(isRest(CRUISE, 8)).toBe(false);
    expect(isRest(PRESSED, 1)).toBe(false);
    const gears = makeSeries({ key: 'gear', kind: 'enum', labels: [{ value: 0, label: 'park' }] });
    expect(isRest(gears, 0)).toBe(false);
  });
});

describe('names and units', () => {
  it('takes units that are written in different ways for the same', () => {
    const units = ['m/s^2', 'm/s²', 'm/s2', 'm/s**2'].map((unit) => unitOf(makeSeries({ key: 'a', unit })));
    expect(new Set(units)).toEqual(new Set(['m/s²']));
    expect(unitOf(makeSeries({ key: 'a', unit: 'degrees' }))).toBe('deg');
    expect(unitOf(undefined)).toBe('');
  });

  it('tells signals of one name apart by bus and message', () => {
    const names = nameSeries([
      makeSignalSeries('SPEED', { key: 'a', source: 'WHEELS 0x10' }),
      makeSignalSeries('SPEED', { key: 'b', source: 'DASH 0x20', bus: 2 }),
      makeSignalSeries('ACCEL', { key: 'c' }),
    ]);
    expect([...names.values()]).toEqual(['0:WHEELS.SPEED', '2:DASH.SPEED', 'ACCEL']);
  });
});
