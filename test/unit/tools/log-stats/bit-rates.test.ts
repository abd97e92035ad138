import { describe, expect, it } from 'vitest';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { findRepeatedRate } from '../../../../server/tools/log-stats/bit-rates.ts';
import { logStats } from '../../../../server/tools/log-stats/log-stats.ts';
import { failureOf } from '../../../support/failure.ts';

describe('bit rates', () => {
  it.each([
    [[], undefined],
    [['500000', '1:250000', '2:250000'], undefined],
    [['500000', '250000'], '250000'],
    [['1:500000', '2:500000', '01:250000'], '01:250000'],
  ])('of %j: told twice is %s', (texts, repeated) => {
    expect(findRepeatedRate(texts)).toBe(repeated);
  });

  it('that contradict each other are refused before the run starts', () => {
    expect(failureOf(() => readParameters(logStats, { bitrate: '500000,0:250000,0:125000' }))).toMatchObject({
      code: 'INVALID_PARAMETER',
      message: "Parameter 'bitrate' must tell the rate of each bus once; 0:125000 tells it again",
    });
    expect(readParameters(logStats, { bitrate: 250000 })).toMatchObject({ bitrate: ['250000'] });
  });
});
