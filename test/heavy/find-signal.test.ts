import { describe, expect, it } from 'vitest';
import { sharedDir } from '../support/shared.ts';
import { listNames, RAV4, search, SUBARU } from '../support/signal-search.ts';

describe.skipIf(sharedDir === undefined)(
  'find-signal on more fields of logs with known signals',
  { timeout: 60_000 },
  () => {
    it('tells one wheel from the others', async () => {
      expect(listNames(await search(RAV4, { field: 'carState.wheelSpeeds.fl' }), 1)).toEqual([
        '0:0x0AA 23|16@0+',
      ]);
    });

    it.each([
      [RAV4, 'carState.steeringTorque', ['0:0x260 15|16@0-']],
      [RAV4, 'carState.cruiseState.speed', ['0:0x1D3 16|8@1+']],
      [SUBARU, 'carState.steeringAngleDeg', ['0:0x119 32|16@1-', '0:0x002 7|16@0-']],
      [SUBARU, 'carState.leftBlinker', ['0:0x390 50|1@1+']],
      [SUBARU, 'carState.rightBlinker', ['0:0x390 51|1@1+']],
      [SUBARU, 'carState.cruiseState.enabled', ['0:0x240 41|1@1+', '0:0x241 55|1@1+']],
      [SUBARU, 'carState.cruiseState.speed', ['0:0x241 56|8@1+']],
    ])('finds in %s %s', async (log, field, names) => {
      expect(listNames(await search(log, { field }), names.length)).toEqual(names);
    });
  },
);
