import { describe, expect, it } from 'vitest';
import { findActivity, type MessageActivity } from '../../../../server/core/can/bits/window-activity.ts';
import type { MarkerOptions } from '../../../../server/tools/cruise-control-analyzer/analysis/cruise-analysis.ts';
import type { MarkerWindow } from '../../../../server/tools/subaru/marker-windows.ts';
import type { MessageTrace } from '../../../../server/tools/subaru/message-trace.ts';
import { findMarkerWindows, listBlinkerEvents } from '../../../../server/tools/subaru/marker-windows.ts';
import { traceMessage } from '../../../../server/tools/subaru/message-trace.ts';
import { CRUISE_MESSAGES } from '../../../../server/tools/subaru/subaru-signals.ts';
import fixture from '../../../fixtures/comma-tools-lib/markers.json' with { type: 'json' };
import { tabulateFrames } from '../../../support/frame-lists.ts';
import { groupFrames, packBits, type SubaruFrame } from '../../../support/subaru-frames.ts';

const OPTIONS: MarkerOptions = {
  type: 'blinkers',
  preSeconds: 1.5,
  postSeconds: 1.5,
  timeoutSeconds: 15,
  manual: [],
};

const NOTHING = { buttons: undefined, blinkers: [], zeroSeconds: 0 };

describe('blinkers', () => {
  // The type `gps` is one of those that do not exist: here a parameter cannot have it.
  it.each(fixture.detect_marker_windows.filter(({ args }) => args.config.marker_type === undefined))(
    'finds windows as comma-tools does: $note',
    ({ args, result }) => {
      const { table, rows } = tabulateFrames(args.events);
      const trace = traceMessage(table, { bus: 0, frames: rows.length, rows }, CRUISE_MESSAGES.Dashlights);
      const blinkers = listBlinkerEvents(trace);
      const timeoutSeconds = args.config.timeout ?? OPTIONS.timeoutSeconds;
      const windows = findMarkerWindows({ ...NOTHING, blinkers }, { ...OPTIONS, timeoutSeconds });
      const events = blinkers.map(({ seconds, left, right, leftBefore, rightBefore }) => ({
        timestamp: seconds,
        left,
        right,
        left_prev: leftBefore,
        right_prev: rightBefore,
        left_changed: left !== leftBefore,
        right_changed: right !== rightBefore,
      }));
      expect({ events, windows: windows.map(answerWindow), enabled: true }).toEqual(result);
    },
  );

  it('lets a stop count that comes exactly at the timeout', () => {
    const blinkers = listBlinkerEvents(traceLamps([[1, 50], [2], [16, 51]]));
    expect(findMarkerWindows({ ...NOTHING, blinkers }, OPTIONS)).toMatchObject([
      { startSeconds: 1, stopSeconds: 16 },
    ]);
  });

  it('finds nothing where no bus has the lamps', () => {
    expect(findMarkerWindows({ ...NOTHING, blinkers: listBlinkerEvents(undefined) }, OPTIONS)).toEqual([]);
  });
});

describe('cruise buttons', () => {
  const [MAIN, SET, RESUME] = [42, 43, 44];
  it.each<[string, readonly (readonly number[])[], readonly (readonly [number, number, boolean])[]]>([
    ['set to resume', [[1], [2, SET], [3], [5, RESUME]], [[2, 5, false]]],
    ['set to main', [[1], [2, SET], [3], [5, MAIN]], [[2, 5, false]]],
    ['a second set starts anew', [[1], [2, SET], [3], [4, SET], [5, RESUME]], [[4, 5, false]]],
    ['a resume before any set', [[1], [2, RESUME], [3], [4, SET], [5, MAIN]], [[4, 5, false]]],
    ['set and resume at once are a start', [[1], [2, SET, RESUME], [3]], [[2, 2, true]]],
    ['too late', [[1], [2, SET], [17.5, RESUME]], []],
    ['a button held in the first frame is no press', [[1, SET], [2], [3, RESUME]], []],
  ])('%s', (_, states, expected) => {
    const windows = findMarkerWindows(
      { ...NOTHING, buttons: traceButtons(states) },
      { ...OPTIONS, type: 'cruise-buttons' },
    );
    expect(windows.map((window) => [window.startSeconds, window.stopSeconds, window.isPartial])).toEqual(
      expected,
    );
  });
});

describe('other types', () => {
  it('places manual markers after second 0 of the log, by time', () => {
    const manual = [
      { startSeconds: 20, endSeconds: 30 },
      { startSeconds: 0.5, endSeconds: 2 },
    ];
    const windows = findMarkerWindows(
      { ...NOTHING, zeroSeconds: 100 },
      { ...OPTIONS, type: 'manual', manual },
    );
    expect(windows).toEqual([
      { startSeconds: 100.5, stopSeconds: 102, windowStart: 99, windowEnd: 103.5, isPartial: false },
      { startSeconds: 120, stopSeconds: 130, windowStart: 118.5, windowEnd: 131.5, isPartial: false },
    ]);
  });

  it('finds none where none are wanted', () => {
    const blinkers = listBlinkerEvents(traceLamps([[1], [2, 50], [3, 51]]));
    expect(findMarkerWindows({ ...NOTHING, blinkers }, { ...OPTIONS, type: 'none' })).toEqual([]);
  });
});

it.each(fixture.analyze_marker_windows)(
  'finds the activity in windows as comma-tools does',
  ({ args, result }) => {
    const { frames, groups } = groupFrames(listFrames(args.can));
    const windows = args.windows.map(({ window_start, window_end }) => ({
      from: window_start,
      to: window_end,
    }));
    const steps = findActivity(frames, groups, windows);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const activity = step.value;
    const labels: Readonly<Record<string, string>> = args.labels;
    expect(
      activity.map((messages, i) => ({
        window: args.windows[i],
        address_stats: messages
          .filter(({ changes }) => changes > 0)
          .map((message) => answerActivity(message, labels)),
      })),
    ).toEqual(sortBits(result));
  },
);

function answerWindow(window: MarkerWindow): object {
  return {
    start_time: window.startSeconds,
    stop_time: window.stopSeconds,
    window_start: window.windowStart,
    window_end: window.windowEnd,
    partial: window.isPartial,
  };
}

function answerActivity(
  { arbitrationId, changes, bits, frames }: MessageActivity,
  labels: Readonly<Record<string, string>>,
): object {
  return {
    address: arbitrationId,
    name: labels[String(arbitrationId)] ?? 'Unknown',
    total_changes: changes,
    bit_frequency: bits.map(({ bit, toggles }) => [bit, toggles]).sort(compareBits),
    message_count: frames.within,
  };
}

/** comma-tools lists bits in the order of their first toggles, we those that toggled most first. */
function sortBits(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result), (key, value: unknown) =>
    key === 'bit_frequency' ? (value as number[][]).sort(compareBits) : value,
  );
}

function compareBits([a = 0]: readonly number[], [b = 0]: readonly number[]): number {
  return a - b;
}

function* listFrames(
  can: Readonly<Record<string, (number | string)[][] | undefined>>,
): Generator<SubaruFrame> {
  for (const [address, frames = []] of Object.entries(can))
    for (const [seconds, payload] of frames) yield [Number(seconds), Number(address), String(payload)];
}

function traceLamps(states: readonly (readonly number[])[]): MessageTrace {
  return traceStates('Dashlights', states);
}

function traceButtons(states: readonly (readonly number[])[]): MessageTrace {
  return traceStates('Cruise_Buttons', states);
}

/** @param states Each a time and the bits that are set then. */
function traceStates(
  message: 'Dashlights' | 'Cruise_Buttons',
  states: readonly (readonly number[])[],
): MessageTrace {
  const { table, rows } = tabulateFrames(
    states.map(([seconds = 0, ...bits]) => [seconds, packBits(...bits)]),
  );
  return traceMessage(table, { bus: 0, frames: rows.length, rows }, CRUISE_MESSAGES[message]);
}
