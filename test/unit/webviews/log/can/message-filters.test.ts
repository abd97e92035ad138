import { describe, expect, test } from 'vitest';
import type { MessageRow } from '#protocol';
import {
  ALL_MESSAGES,
  compileFilters,
  dependsOnPayload,
  describeFilters,
  findFilterProblem,
  type MessageFilters,
  nameBus,
  readFilters,
} from '../../../../../webviews/log/can/message-filters.ts';

const CRUISE: MessageRow = {
  bus: 0,
  origin: 'received',
  carBus: 0,
  arbitrationId: 0x1d2,
  name: 'PCM_CRUISE',
  node: 'DSU',
  frames: 1890,
  rateHz: 31.5,
  maxBytes: 8,
  changedShare: 0.84,
  signals: 8,
};
const BYTES = Uint8Array.of(0xfd, 0x24, 0x00);

function withTexts(texts: Partial<MessageFilters['texts']>): MessageFilters {
  return { ...ALL_MESSAGES, texts: { ...ALL_MESSAGES.texts, ...texts } };
}

function admits(filters: MessageFilters, changes: Partial<MessageRow> = {}): boolean {
  return compileFilters(filters)({ message: { ...CRUISE, ...changes }, bytes: BYTES });
}

describe('filters', () => {
  test('admit everything when empty', () => {
    expect(admits(ALL_MESSAGES)).toBe(true);
  });

  test.each([
    [{ id: '1D0–3FF' }, true],
    [{ id: '1D3' }, false],
    [{ name: 'cruise dsu' }, true],
    [{ name: 'cruise esp' }, false],
    [{ frames: '> 100' }, true],
    [{ rate: '≥ 50' }, false],
    [{ data: '?? 24' }, true],
    [{ data: '?? 25' }, false],
    [{ changes: '> 84' }, false],
    [{ changes: '> 83' }, true],
    [{ bus: '0' }, true],
    [{ bus: 'sent' }, false],
  ])('%j gives %s', (texts, expected) => {
    expect(admits(withTexts(texts))).toBe(expected);
  });

  test('tell echoes by their word', () => {
    expect(admits(withTexts({ bus: '0 sent' }), { bus: 128 })).toBe(true);
    expect(admits(withTexts({ bus: '1 sent' }), { bus: 128 })).toBe(false);
    expect(admits(withTexts({ bus: 'rejected' }), { bus: 193 })).toBe(true);
  });

  test('of one bus, or of named messages', () => {
    expect(admits({ ...ALL_MESSAGES, bus: 1 })).toBe(false);
    expect(admits({ ...ALL_MESSAGES, isNamedOnly: true }, { name: null })).toBe(false);
  });

  test('that are not understood say so, and admit everything', () => {
    expect(findFilterProblem('rate', 'fast')).toContain('fast');
    expect(findFilterProblem('bus', 'left')).toContain('left');
    expect(findFilterProblem('rate', '> 5')).toBeNull();
    expect(admits(withTexts({ rate: 'fast' }))).toBe(true);
  });

  test('look at payloads only where bytes are asked for', () => {
    expect(dependsOnPayload(withTexts({ data: '24' }))).toBe(true);
    expect(dependsOnPayload(withTexts({ name: 'x' }))).toBe(false);
  });
});

describe('filters in words', () => {
  test('read like a sentence', () => {
    expect(describeFilters({ ...withTexts({ name: 'cruise', rate: '≥ 50' }), bus: 1 })).toBe(
      'Bus 1, name “cruise”, at least 50 Hz',
    );
  });

  test('name buses as people do', () => {
    expect([0, 129, 193].map(nameBus)).toEqual(['Bus 0', 'Bus 1 sent', 'Bus 1 rejected']);
  });
});

describe('remembered filters', () => {
  test('come back as they were', () => {
    const filters = { ...withTexts({ id: '1D2' }), bus: 2, isNamedOnly: true };
    expect(readFilters(JSON.parse(JSON.stringify(filters)))).toEqual(filters);
  });

  test.each([null, 7, 'x', [], { texts: 5 }, { texts: { id: 7, __proto__: null }, bus: '1' }])(
    'of nonsense (%j) are none',
    (value) => {
      expect(readFilters(value)).toEqual(ALL_MESSAGES);
    },
  );
});
