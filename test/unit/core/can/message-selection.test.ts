import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanFrameColumns } from '../../../../server/core/can/frame-columns.ts';
import { MessageSelection } from '../../../../server/core/can/message-selection.ts';

interface PlainFrame {
  readonly time: bigint;
  readonly bus: number;
  readonly arbitrationId: number;
  readonly payload: readonly number[];
}

function fill(frames: readonly PlainFrame[]): CanFrameColumns {
  const columns = new CanFrameColumns(1);
  for (const { time, bus, arbitrationId, payload } of frames) {
    columns.reserveRows(1);
    columns.reserveData(payload.length);
    const row = columns.length++;
    columns.monoTime[row] = time;
    columns.bus[row] = bus;
    columns.arbitrationId[row] = arbitrationId;
    columns.data.set(payload, columns.dataStart[row]);
    columns.dataStart[row + 1] = (columns.dataStart[row] ?? 0) + payload.length;
  }
  return columns;
}

function list({ length, monoTime, bus, arbitrationId, data, dataStart }: CanFrameColumns): PlainFrame[] {
  return Array.from({ length }, (_, row) => ({
    time: monoTime[row] ?? 0n,
    bus: bus[row] ?? 0,
    arbitrationId: arbitrationId[row] ?? 0,
    payload: [...data.subarray(dataStart[row], dataStart[row + 1])],
  }));
}

const frames = fc.array(
  fc.record({
    time: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    bus: fc.constantFrom(0, 1, 255),
    arbitrationId: fc.constantFrom(0, 0x25, 0xffff_ffff),
    payload: fc.array(fc.nat({ max: 255 }), { maxLength: 12 }),
  }),
  { maxLength: 40 },
);

describe('MessageSelection', () => {
  it('keeps the frames of its messages, as they are and in their order', () => {
    const messages = fc.array(
      fc.record({ bus: fc.constantFrom(0, 255), arbitrationId: fc.constantFrom(0, 0x25) }),
    );
    fc.assert(
      fc.property(frames, messages, (all, selected) => {
        const columns = fill(all);
        new MessageSelection(selected).keepSelected(columns);
        expect(list(columns)).toEqual(
          all.filter((frame) =>
            selected.some(
              ({ bus, arbitrationId }) => bus === frame.bus && arbitrationId === frame.arbitrationId,
            ),
          ),
        );
      }),
    );
  });

  it('keeps nothing when it has no messages', () => {
    const columns = fill([{ time: 1n, bus: 0, arbitrationId: 1, payload: [1] }]);
    new MessageSelection([]).keepSelected(columns);
    expect(columns.length).toBe(0);
  });
});
