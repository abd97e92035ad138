import { describe, expect, it } from 'vitest';
import { sharedDir } from '../../../support/shared.ts';
import { listNames, RAV4, search, SUBARU } from '../../../support/signal-search.ts';

describe.skipIf(sharedDir === undefined)(
  'find-signal on logs with known signals',
  { timeout: 60_000 },
  () => {
    it('finds the wheel speeds of a Toyota, all four and whole', async () => {
      const rows = await search(RAV4, { field: 'carState.vEgo' });
      expect(rows[0]?.address_hex).toBe('0x0AA');
      const wheels = listNames(
        rows.filter(({ address_hex }) => address_hex === '0x0AA'),
        4,
      );
      expect(wheels.toSorted()).toEqual(
        ['7', '23', '39', '55'].map((start) => `0:0x0AA ${start}|16@0+`).toSorted(),
      );
      expect(rows[0]?.factor).toBeCloseTo(0.01 / 3.6, 4);
      expect(listNames(rows, 2)[1]).toBe('0:0x0B4 47|16@0+');
    });

    it('finds the steering angle and its fraction', async () => {
      const [best] = await search(RAV4, { field: 'carState.steeringAngleDeg' });
      expect(best).toMatchObject({ bus: 0, address_hex: '0x025', dbc: '3|12@0-', companions: '39|4@0-' });
      expect(best?.factor).toBeCloseTo(1.5, 2);
    });

    it('finds cruise control of a Toyota by its single transition', async () => {
      const names = listNames(await search(RAV4, { field: 'carState.cruiseState.enabled' }), 5);
      expect(names).toContain('0:0x1D2 5|1@0+');
    });

    it('finds the wheel speeds of a Subaru, which begin at no byte', async () => {
      const rows = await search(SUBARU, { field: 'carState.vEgo' });
      expect(listNames(rows, 4).toSorted()).toEqual(
        ['12', '25', '38', '51'].map((start) => `0:0x13A ${start}|13@1+`),
      );
    });

    it('finds a brake by the times at which it was pressed', async () => {
      const rows = await search(SUBARU, { intervals: '18.5-19.7,40-41.5' });
      const brakes = rows
        .filter(({ score }) => score > 0.99)
        .map(({ address_hex, dbc }) => `${address_hex} ${dbc}`);
      expect(brakes).toContain('0x139 44|1@1+');
    });
  },
);
