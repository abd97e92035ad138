import { describe, expect, it } from 'vitest';
import {
  findCarDatabases,
  findCarName,
  openCarTable,
} from '../../../../../../server/core/dbc/sources/cars/car-databases.ts';

describe('databases of cars', () => {
  it.each([
    ['TOYOTA_RAV4', { pt: 'toyota_new_mc_pt_generated', radar: 'toyota_adas' }],
    ['TOYOTA RAV4 2017', { pt: 'toyota_new_mc_pt_generated', radar: 'toyota_adas' }],
    [
      'HONDA CIVIC 2016 TOURING',
      { pt: 'honda_civic_touring_2016_can_generated', radar: 'acura_ilx_2016_nidec' },
    ],
    [
      'HONDA_CRV_5G',
      { pt: 'honda_civic_hatchback_ex_2017_can_generated', body: 'honda_crv_ex_2017_body_generated' },
    ],
    ['SUBARU_OUTBACK', { pt: 'subaru_global_2017_generated' }],
    ['SUBARU FORESTER 2017 - 2018', { pt: 'subaru_forester_2017_generated' }],
    ['KIA OPTIMA SX 2019 & 2016', { pt: 'hyundai_can_generated' }],
    ['TESLA_MODEL_3', { party: 'tesla_model3_party', adas: 'tesla_model3_vehicle' }],
    ['SKODA SCALA 1ST GEN', { pt: 'vw_mqb' }],
    ['COMMA BODY', { pt: 'comma_body' }],
  ])('%s', (fingerprint, databases) => {
    expect(Object.fromEntries(findCarDatabases(fingerprint) ?? [])).toEqual(databases);
  });

  it.each(['', 'mock', '__proto__', 'TOYOTA RAV4'])('are unknown for "%s"', (fingerprint) => {
    expect(findCarDatabases(fingerprint)).toBeUndefined();
  });

  it('are found for every older name, which leads to a car of today', () => {
    const { databasesByCar, newNames } = openCarTable();
    expect(databasesByCar.size).toBeGreaterThan(240);
    expect(newNames.size).toBeGreaterThan(240);
    expect([...newNames.values()].filter((car) => !databasesByCar.has(car))).toEqual([]);
    expect([...databasesByCar.keys()].filter((car) => !/^[A-Z0-9_]+$/.test(car))).toEqual([]);
  });

  it('call a car as it is called today', () => {
    expect(findCarName('CHRYSLER PACIFICA HYBRID 2017')).toBe('CHRYSLER_PACIFICA_2018_HYBRID');
    expect(findCarName('SOMETHING ELSE')).toBe('SOMETHING ELSE');
  });
});
