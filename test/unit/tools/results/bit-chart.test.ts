import { expect, it } from 'vitest';
import { parseWatch } from '../../../../server/core/can/bits/bit-position.ts';
import { chartBits } from '../../../../server/tools/results/bit-chart.ts';
import { tabulateFrames } from '../../../support/frame-lists.ts';

it('draws ranges and bits over all the time of the recording', () => {
  const { table, rows } = tabulateFrames([
    [1, '00'],
    [1.25, '10'],
    [1.5, '10'],
    [1.75, ''],
    [2, '00'],
  ]);
  const bit = { bus: 2, arbitrationId: 0x146, bit: 4, rows };
  const chart = chartBits(
    table,
    [bit],
    [
      { label: 'low', ranges: [{ from: 0, to: 1.25 }], tone: 'series2' },
      { label: 'high', ranges: [], tone: 'series3' },
    ],
  );
  expect(chart).toEqual({
    title: 'When the bits were set',
    from: 1,
    to: 2,
    panels: [],
    lanes: [
      { label: 'low', tone: 'series2', spans: [{ from: 1, to: 1.25 }] },
      { label: '2:0x146:4 MSB B0b3', tone: 'series1', spans: [{ from: 1.25, to: 2 }] },
    ],
  });
});

it('names a bit as can-bitwatch can be asked for it', () => {
  const { table, rows } = tabulateFrames([[1, '00']]);
  const bit = { bus: 2, arbitrationId: 0x18daf110, bit: 4, rows };
  const [lane] = chartBits(table, [bit], []).lanes;
  const watch = lane?.label.split(' ')[0] ?? '';
  expect(parseWatch(watch)).toEqual({ bus: 2, arbitrationId: 0x18daf110, bit: 4 });
});
