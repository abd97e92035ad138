import { expect, test } from 'vitest';
import { describeLane, isEmptyLane, listLanes } from '../../../../../webviews/log/overview/band-lanes.ts';
import { makeOverview } from '../../../../support/fake-log.ts';

test('all six lanes are there, whatever happened', () => {
  const lanes = listLanes(makeOverview());
  expect(lanes.map(({ name }) => name)).toEqual([
    'Engaged',
    'Alerts',
    'Driver steering',
    'User flags',
    'CAN errors',
    'Text errors',
  ]);
  expect(lanes.filter(isEmptyLane).map(({ name }) => name)).toEqual(['CAN errors']);
});

test('lanes have words for those who do not see them', () => {
  const words = listLanes(makeOverview()).map(describeLane);
  expect(words).toContain('Engaged: 1, first at 0:15.18');
  expect(words).toContain('CAN errors: none');
  expect(words).toContain('User flags: 1, first at 0:27.07');
});

test('critical alerts look like errors', () => {
  const { bands } = makeOverview();
  const alerts = [{ from: 1, to: 2, severity: 'critical' as const }];
  const lane = listLanes({ bands: { ...bands, alerts } })[1];
  expect(lane?.spans).toEqual([{ from: 1, to: 2, label: null, look: 'error' }]);
});
