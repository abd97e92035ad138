import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatPlural,
  formatRate,
} from '../../../cli/render/quantities.ts';
import { layOutTable } from '../../../cli/render/text-table.ts';

describe('quantities for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_155_390, '12.2 MB'],
    [2 ** 31, '2.15 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0.00 s'],
    [59.98, '59.98 s'],
    [60, '1 min 00.0 s'],
    [119.96, '2 min 00.0 s'],
    [300.21, '5 min 00.2 s'],
    [3599.99, '1 h 00 min'],
    [7512, '2 h 05 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it.each([
    [100, '100.0'],
    [1, '1.0'],
    [0.949, '0.95'],
    [0.1, '0.1'],
    [1 / 60, '0.017'],
    [0, '0'],
  ])('%d Hz are %s', (hertz, text) => {
    expect(formatRate(hertz)).toBe(text);
  });

  it.each([
    [0, '0 events'],
    [1, '1 event'],
    [85_560, '85,560 events'],
  ])('%d of something are %s', (count, text) => {
    expect(formatPlural(count, 'event')).toBe(text);
    expect(text.startsWith(formatCount(count))).toBe(true);
  });
});

describe('a table', () => {
  it('has columns as wide as their widest cell, and no trailing blanks', () => {
    const columns = [{ heading: 'name' }, { heading: 'count', align: 'right' as const }, { heading: '' }];
    const rows = [
      ['carState', '1', ''],
      ['x', '1,000,000', 'y'],
    ];
    expect(layOutTable(columns, rows)).toEqual([
      'name          count',
      'carState          1',
      'x         1,000,000  y',
    ]);
  });
});
