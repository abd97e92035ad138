import { describe, expect, test } from 'vitest';
import {
  ALL_EVENTS,
  describeEventChoice,
  describeServices,
  readEventChoice,
  toEventFilter,
} from '../../../../../webviews/log/events/event-filter.ts';

const SERVICES = ['can', 'carState', 'procLog', 'modelV2', 'gyroscope'];

describe('what the engine is asked', () => {
  test('is nothing where all is shown', () => {
    expect(toEventFilter(ALL_EVENTS, SERVICES)).toEqual({});
  });

  test('is the shorter list', () => {
    expect(toEventFilter({ text: '', hidden: ['procLog'] }, SERVICES)).toEqual({ excluding: ['procLog'] });
    const hidden = SERVICES.filter((service) => service !== 'can');
    expect(toEventFilter({ text: 'x', hidden }, SERVICES)).toEqual({ text: 'x', services: ['can'] });
  });

  test('leaves out what was hidden before the services are known', () => {
    expect(toEventFilter({ text: '', hidden: ['a', 'b'] }, [])).toEqual({ excluding: ['a', 'b'] });
  });

  test('is an empty list of services where all are hidden', () => {
    expect(toEventFilter({ text: '', hidden: SERVICES }, SERVICES)).toEqual({ services: [] });
  });
});

describe('the choice in words', () => {
  test('names few that are hidden', () => {
    expect(describeServices({ text: '', hidden: ['procLog'] }, SERVICES)).toEqual({
      ...{ label: 'All services', count: 5, named: ['procLog'] },
    });
    expect(describeEventChoice({ text: 'cruise', hidden: ['procLog'] }, SERVICES)).toBe(
      'Text “cruise”, without procLog',
    );
  });

  test('names the only one that is left', () => {
    const hidden = SERVICES.filter((service) => service !== 'can');
    expect(describeServices({ text: '', hidden }, SERVICES)).toEqual({ label: 'can', count: 1, named: [] });
    expect(describeEventChoice({ text: '', hidden }, SERVICES)).toBe('Can');
  });
});

describe('a remembered choice', () => {
  test('comes back', () => {
    expect(readEventChoice({ text: 'x', hidden: ['can'] })).toEqual({ text: 'x', hidden: ['can'] });
  });

  test.each([undefined, null, 4, 'x', { text: 4, hidden: 'can' }])('of nonsense (%j) is all', (value) => {
    expect(readEventChoice(value)).toEqual(ALL_EVENTS);
  });

  test('keeps no name that is no text', () => {
    expect(readEventChoice({ hidden: ['can', 7, null] }).hidden).toEqual(['can']);
  });
});
