import { describe, expect, it } from 'vitest';
import { findBrand } from '../../../../../server/core/dbc/checksums/checksum-brand.ts';

describe('the brand of a database', () => {
  it.each([
    ['honda_civic_touring_2016_can_generated', 'HONDA'],
    ['acura_ilx_2016_nidec.dbc', 'HONDA'],
    ['/home/me/opendbc/toyota_nodsu_pt_generated.dbc', 'TOYOTA'],
    ['C:\\dbc\\lexus_is_2017_pt.dbc', 'TOYOTA'],
    ['hyundai_canfd_generated', 'HKG_CAN_FD'],
    ['vw_meb_2024_generated', 'VOLKSWAGEN_MEB_2024'],
    ['vw_meb_generated', 'VOLKSWAGEN_MQB_MEB'],
    ['vw_mqbevo', 'VOLKSWAGEN_MQB_MEB'],
    ['vw_mlb', 'VOLKSWAGEN_MLB'],
    ['vw_pq', 'XOR'],
    ['subaru_global_2017_generated', 'SUBARU'],
    ['chrysler_cusw', 'CHRYSLER'],
    ['fca_giorgio', 'FCA_GIORGIO'],
    ['comma_body', 'BODY'],
    ['tesla_model3_party', 'TESLA'],
    ['psa_aee2010_r3', 'PSA'],
  ])('is told by the name %s', (fileName, brand) => {
    expect(findBrand(fileName)).toBe(brand);
  });

  it.each(['tesla_can', 'hyundai_2015_ccan', 'subaru_forester_2017', 'Toyota_x', 'my_toyota_x', '', '/'])(
    'is not told by the name %s',
    (fileName) => {
      expect(findBrand(fileName)).toBeUndefined();
    },
  );
});
