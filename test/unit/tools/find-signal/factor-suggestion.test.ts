import { describe, expect, it } from 'vitest';
import { suggestFactor } from '../../../../server/tools/find-signal/factor-suggestion.ts';

describe('suggestFactor', () => {
  it.each([
    [0.0027775, 'm/s', '0.01 km/h'],
    [0.4471, 'm/s', '1 mph'],
    [0.10002, 'deg', '0.1 deg'],
    [-1.4985, 'deg', '-1.5 deg'],
    [0.017455, 'rad', '1 deg'],
    [0.0009766, undefined, '0.0009765625'],
    [0.01583, 'm/s', undefined],
    [0, 'm/s', undefined],
  ])('takes %d %s for %s', (factor, unit, text) => {
    expect(suggestFactor(factor, unit)?.text).toBe(text);
  });
});
