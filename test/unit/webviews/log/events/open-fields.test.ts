import { describe, expect, test } from 'vitest';
import type { EventField } from '#protocol';
import {
  addService,
  findParent,
  isOpen,
  isOpenAtFirst,
  listSeenFields,
} from '../../../../../webviews/log/events/open-fields.ts';

function makeField(depth: number, name: string, changes: Partial<EventField> = {}): EventField {
  return {
    ...{ depth, name, path: name, value: '', type: 'Float32', hasChildren: false },
    ...{ change: null, isPlottable: false },
    ...changes,
  };
}

const FIELDS = [
  makeField(0, 'carState', { type: 'struct', hasChildren: true }),
  makeField(1, 'vEgo', { value: '18.8' }),
  makeField(1, 'wheelSpeeds', { type: 'struct', hasChildren: true }),
  makeField(2, 'fl', { value: '18.9' }),
  makeField(2, 'fr'),
  makeField(1, 'gearShifter', { value: 'drive' }),
];

const NOTHING_TURNED: ReadonlySet<string> = new Set();

describe('a service above its fields', () => {
  test('has them one level deeper', () => {
    const fields = addService('carState', [makeField(0, 'vEgo', { path: 'carState.vEgo' })]);
    expect(fields.map(({ depth, path, hasChildren }) => [depth, path, hasChildren])).toEqual([
      [0, 'carState', true],
      [1, 'carState.vEgo', false],
    ]);
  });

  test('has nothing to open where there are none', () => {
    expect(addService('qcomGnss', [])[0]?.hasChildren).toBe(false);
  });
});

describe('fields that are seen', () => {
  test('are all, where nobody has closed any', () => {
    expect(listSeenFields(FIELDS, { turned: NOTHING_TURNED, text: '' })).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are not those within a closed one', () => {
    const turned = new Set(['wheelSpeeds']);
    expect(listSeenFields(FIELDS, { turned, text: '' })).toEqual([0, 1, 2, 5]);
    expect(isOpen(FIELDS, 2, turned)).toBe(false);
  });

  test('are those that hold a text, and what they are part of', () => {
    expect(listSeenFields(FIELDS, { turned: new Set(['wheelSpeeds']), text: 'FL' })).toEqual([0, 2, 3]);
    expect(listSeenFields(FIELDS, { turned: NOTHING_TURNED, text: 'drive' })).toEqual([0, 5]);
    expect(listSeenFields(FIELDS, { turned: NOTHING_TURNED, text: 'nowhere' })).toEqual([]);
  });
});

describe('a long list', () => {
  const list = [
    makeField(0, 'points', { type: 'List (17)', hasChildren: true }),
    ...Array.from({ length: 17 }, (_, place) => makeField(1, `[${String(place)}]`)),
  ];

  test('stands closed until it is opened', () => {
    expect(isOpenAtFirst(list, 0)).toBe(false);
    expect(listSeenFields(list, { turned: NOTHING_TURNED, text: '' })).toEqual([0]);
    expect(listSeenFields(list, { turned: new Set(['points']), text: '' })).toHaveLength(18);
  });

  test('of few elements stands open', () => {
    expect(isOpenAtFirst(list.slice(0, 17), 0)).toBe(true);
  });
});

test('a field knows what it is part of', () => {
  expect(findParent(FIELDS, 4)).toBe(2);
  expect(findParent(FIELDS, 1)).toBe(0);
  expect(findParent(FIELDS, 0)).toBe(-1);
});
