import { expect, it } from 'vitest';
import { findActivity, type MessageActivity } from '../../../../../server/core/can/bits/window-activity.ts';
import type { FrameTable } from '../../../../../server/core/can/frame-table.ts';
import type { MessageGroups } from '../../../../../server/core/can/message-groups.ts';
import type { TimeSpan } from '../../../../../server/core/can/message-rows.ts';
import { groupFrames, type SubaruFrame } from '../../../../support/subaru-frames.ts';

/** Bit 0 pulses in the window only; bit 1 toggles from the last frame before it; bit 8 counts all the time. */
const PULSE: readonly SubaruFrame[] = [
  [0, 0x27, '0000', 1],
  [1, 0x27, '0001', 1],
  [2, 0x27, '0200', 1],
  [3, 0x27, '0301', 1],
  [4, 0x27, '0200', 1],
  [5, 0x27, '0201', 1],
  [6, 0x27, '0200', 1],
];

it('tells what a message does in a window, and which bits only toggle there', () => {
  const { frames, groups } = groupFrames(PULSE);
  expect(listActivity(frames, groups, [{ from: 2, to: 4 }])).toEqual([
    [
      {
        bus: 1,
        arbitrationId: 0x27,
        frames: { before: 2, within: 3, after: 2 },
        uniquePayloads: { before: 2, within: 2, after: 2 },
        changes: 2,
        bits: [
          { bit: 0, toggles: 2 },
          { bit: 8, toggles: 2 },
        ],
        windowOnlyBits: [
          { bit: 0, toggles: 2 },
          { bit: 1, toggles: 1 },
        ],
      },
    ],
  ]);
});

it('knows a bit whose only toggle is in the first frame of the window', () => {
  const { frames, groups } = groupFrames([
    [0, 0x27, '00'],
    [1, 0x27, '01'],
    [2, 0x27, '01'],
  ]);
  expect(listActivity(frames, groups, [{ from: 1, to: 2 }])).toMatchObject([
    [{ changes: 0, bits: [], windowOnlyBits: [{ bit: 0, toggles: 1 }] }],
  ]);
});

it('keeps buses apart, and lists messages by their changes', () => {
  const { frames, groups } = groupFrames([
    [0, 0x27, '00', 0],
    [0, 0x27, 'ff', 2],
    [1, 0x27, '00', 0],
    [1, 0x27, 'ff', 2],
    [2, 0x30, '00', 0],
    [3, 0x30, '01', 0],
    [2, 0x31, '00', 0],
    [3, 0x31, '01', 0],
    [4, 0x31, '00', 0],
  ]);
  const [messages = []] = listActivity(frames, groups, [{ from: 0, to: 9 }]);
  expect(messages.map(({ arbitrationId, changes }) => [arbitrationId, changes])).toEqual([
    [0x31, 2],
    [0x30, 1],
  ]);
});

it('finds nothing where there are no frames, no windows, or a window outside of the log', () => {
  const { frames, groups } = groupFrames(PULSE);
  const none = groupFrames([]);
  expect(listActivity(none.frames, none.groups, [{ from: 0, to: 1 }])).toEqual([[]]);
  expect(listActivity(frames, groups, [])).toEqual([]);
  expect(listActivity(frames, groups, [{ from: 10, to: 20 }])).toEqual([[]]);
});

it('takes no time for windows in which a message has no frame', () => {
  const messages = 2000;
  const list = Array.from({ length: 2 * messages }, (_, i): SubaruFrame => [i, i % messages, '00']);
  const { frames, groups } = groupFrames(list);
  const windows = Array.from({ length: 200_000 }, (_, i) => ({ from: i / 50 + 0.001, to: i / 50 + 0.002 }));
  expect(listActivity(frames, groups, windows).flat()).toEqual([]);
});

it('tells after each message how far it is', () => {
  const { frames, groups } = groupFrames([...PULSE, [3, 0x28, '00']]);
  expect([...findActivity(frames, groups, [{ from: 2, to: 4 }])]).toEqual([0.5, 1]);
});

function listActivity(
  frames: FrameTable,
  groups: MessageGroups,
  windows: readonly TimeSpan[],
): readonly (readonly MessageActivity[])[] {
  const steps = findActivity(frames, groups, windows);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
