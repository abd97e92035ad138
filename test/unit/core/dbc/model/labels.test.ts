import { describe, expect, it } from 'vitest';
import { buildDatabase } from '../../../../../server/core/dbc/model/build-database.ts';
import type { Labels } from '../../../../../server/core/dbc/model/database.ts';
import { parseDbc } from '../../../../../server/core/dbc/syntax/parse-dbc.ts';

/** Gives the value texts of a signal. */
function buildLabels(entries: string): Labels | undefined {
  const lines = ['BO_ 1 M: 8 A', ' SG_ S : 0|8@1+ (1,0) [0|0] "" A', '', `VAL_ 1 S ${entries};`, ''];
  return buildDatabase(parseDbc(lines.join('\n'))).messages[0]?.signals[0]?.labels;
}

describe('value texts of a signal', () => {
  it('are asked as every map is', () => {
    const labels = buildLabels('1 "on" 0 "off"');
    expect(labels?.size).toBe(2);
    expect(labels?.get(0)).toBe('off');
    expect(labels?.get(2)).toBeUndefined();
    expect([labels?.has(1), labels?.has(2)]).toEqual([true, false]);
  });

  it('come in the order of the file', () => {
    const labels = buildLabels('1 "on" 0 "off"') ?? new Map<number, string>();
    const visited: unknown[] = [];
    labels.forEach((label, value, map) => visited.push([value, label, map === labels]));
    expect([...labels]).toEqual([
      [1, 'on'],
      [0, 'off'],
    ]);
    expect([...labels.entries()]).toEqual([...labels]);
    expect([...labels.keys()]).toEqual([1, 0]);
    expect([...labels.values()]).toEqual(['on', 'off']);
    expect(visited).toEqual([
      [1, 'on', true],
      [0, 'off', true],
    ]);
  });

  it('are the last of two for one value', () => {
    expect([...(buildLabels('1 "on" 1 "running"') ?? [])]).toEqual([[1, 'running']]);
  });

  it('are none where no value is a number that is finite', () => {
    expect(buildLabels('')).toBeUndefined();
    expect(buildLabels('1e999 "much"')).toBeUndefined();
    expect([...(buildLabels('1e999 "much" 1 "on"') ?? [])]).toEqual([[1, 'on']]);
  });
});
