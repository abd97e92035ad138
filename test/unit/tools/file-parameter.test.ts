import { describe, expect, it } from 'vitest';
import { type BusFile, formatBusFile, readBusFile } from '../../../server/tools/file-parameter.ts';

describe('readBusFile', () => {
  it.each<[string, BusFile]>([
    ['0=car.dbc', { bus: 0, file: 'car.dbc' }],
    ['128=/a b/car.dbc', { bus: 128, file: '/a b/car.dbc' }],
    ['1=upload:u1', { bus: 1, file: 'upload:u1' }],
    ['car.dbc', { bus: undefined, file: 'car.dbc' }],
    ['./0=car.dbc', { bus: undefined, file: './0=car.dbc' }],
    ['C:\\cars\\car.dbc', { bus: undefined, file: 'C:\\cars\\car.dbc' }],
    ['256=car.dbc', { bus: undefined, file: '256=car.dbc' }],
    ['0=', { bus: undefined, file: '0=' }],
    ['0=1=x.dbc', { bus: 0, file: '1=x.dbc' }],
  ])('reads %s', (text, expected) => {
    expect(readBusFile(text)).toEqual(expected);
    expect(formatBusFile(expected)).toBe(text);
  });
});
