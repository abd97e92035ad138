import { expect, it } from 'vitest';
import { BusSilences } from '../../../../server/core/can/bus-silences.ts';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';

it('silences of buses are pauses of more than half a second', () => {
  const table = new FrameTable(1);
  const silences = new BusSilences();
  const frames = [
    [0, 0],
    [0, 1],
    [0.4, 1],
    [0.5, 0],
    [1, 1],
    [2, 0],
    [1.9, 0],
    [2, 1],
  ] as const;
  for (const [seconds, bus] of frames) {
    table.push({ seconds, bus, arbitrationId: 1 }, new Uint8Array(0), [0, 0]);
    silences.update(table);
  }
  expect(silences.listOf(0)).toEqual([{ from: 0.5, to: 2 }]);
  expect(silences.listOf(1)).toEqual([
    { from: 0.4, to: 1 },
    { from: 1, to: 2 },
  ]);
  expect(silences.listOf(2)).toEqual([]);
  expect(silences.listOfAll()).toEqual([{ from: 1, to: 2 }]);
});
