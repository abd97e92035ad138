import { expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { FrameCounter } from '../../../../server/core/can/frame-counter.ts';

function framesOf(rows: readonly (readonly [bus: number, arbitrationId: number])[]): CanFrameColumns {
  const frames = new CanFrameColumns(rows.length + 1);
  frames.bus.set(rows.map(([bus]) => bus));
  frames.arbitrationId.set(rows.map(([, id]) => id));
  frames.length = rows.length;
  return frames;
}

it('counts frames and different ids of each bus, batch by batch', () => {
  const counter = new FrameCounter();
  expect(counter.listBuses()).toEqual([]);
  counter.add(
    framesOf([
      [128, 1],
      [0, 1],
      [0, 2],
      [0, 1],
    ]),
  );
  counter.add(
    framesOf([
      [255, 0xffff_ffff],
      [0, 2],
      [0, 3],
    ]),
  );
  expect(counter.listBuses()).toEqual([
    { bus: 0, count: 5, arbitrationIds: 3 },
    { bus: 128, count: 1, arbitrationIds: 1 },
    { bus: 255, count: 1, arbitrationIds: 1 },
  ]);
});

it('does not let a hostile log fill the memory with ids', () => {
  const counter = new FrameCounter();
  counter.add(framesOf(Array.from({ length: 5000 }, (_, id) => [1, id])));
  expect(counter.listBuses()).toEqual([{ bus: 1, count: 5000, arbitrationIds: 4096 }]);
});
