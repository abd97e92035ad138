import { expect, it } from 'vitest';
import fixture from '../../../fixtures/comma-tools-lib/events.json' with { type: 'json' };
import type { MessageTrace, StateChange } from '../../../../server/tools/subaru/message-trace.ts';
import { traceMessage } from '../../../../server/tools/subaru/message-trace.ts';
import { findNearestSpeed } from '../../../../server/tools/cruise-control-analyzer/analysis/nearest-speed.ts';
import { CRUISE_MESSAGES } from '../../../../server/tools/subaru/subaru-signals.ts';
import { findTargetSpans } from '../../../../server/tools/cruise-control-analyzer/analysis/target-spans.ts';
import { tabulateFrames } from '../../../support/frame-lists.ts';

it.each(fixture.find_target_speed_events)(
  'finds the stretches of $args.speed.length samples within $args.min to $args.max mph as comma-tools does',
  ({ args, result }) => {
    const spans = findTargetSpans(createSpeeds(args.speed), { minMph: args.min, maxMph: args.max });
    expect(
      spans.map(({ startSeconds, endSeconds, durationSeconds }) => ({
        start_time: startSeconds,
        end_time: endSeconds,
        duration: durationSeconds,
      })),
    ).toEqual(result);
  },
);

/** What comma-tools calls the messages, and what it lists of each beside all changes. */
const LISTS = [
  { message: 'Cruise_Buttons', key: 'cruise_buttons', list: 'set_button_presses', signal: 'set' },
  { message: 'Cruise_Status', key: 'cruise_status', list: 'activation_events', signal: 'cruise_activated' },
  { message: 'ES_Brake', key: 'es_brake', list: 'cruise_activation_events', signal: 'cruise_activated' },
] as const;

// The set speed apart: comma-tools reads it in the wrong byte order, and raises where it then is above 500.
it.each(fixture.analyze_cruise_control_signals.filter(({ error }) => error === undefined))(
  'finds the changes of signals as comma-tools does: $args.can',
  ({ args, result }) => {
    const can: Readonly<Record<string, (number | string)[][] | undefined>> = args.can;
    const found = LISTS.flatMap(({ message, key, list, signal }) => {
      const frames = can[String(CRUISE_MESSAGES[message].arbitrationId)];
      if (frames === undefined) return [];
      const { table, rows } = tabulateFrames(frames);
      const trace = traceMessage(table, { bus: 0, frames: rows.length, rows }, CRUISE_MESSAGES[message]);
      return [[key, answerChanges(trace, list, signal)]] as const;
    });
    expect(Object.fromEntries(found)).toEqual(dropSetSpeed(result));
  },
);

it('goes on where comma-tools raises at a set speed', () => {
  const { table, rows } = tabulateFrames([
    [1, '0000000000000000'],
    [2, '0000000000000041'],
  ]);
  const { changes } = traceMessage(table, { bus: 0, frames: 2, rows }, CRUISE_MESSAGES.Cruise_Status);
  expect(changes.map(({ seconds, changed, after }) => [seconds, changed, after['cruise_set_speed']])).toEqual(
    [[2, ['cruise_set_speed'], 0x41]],
  );
});

it.each(fixture.correlate_signals_with_speed)(
  'finds the speeds of presses as comma-tools does: $args',
  (vector) => {
    const { args, result } = vector;
    const speeds = createSpeeds(args.speed);
    const found = args.press_times.flatMap((pressTime) => {
      const nearest = findNearestSpeed(speeds, pressTime);
      if (nearest === undefined) return [];
      return { press_time: pressTime, speed_mph: nearest.mph, time_diff: nearest.secondsAway };
    });
    expect(found).toEqual(result.set_button_speeds ?? []);
  },
);

it.each([
  ['just less than 2 s before', 3.999, { mph: 10, secondsAway: 1.999 }],
  ['2 s before', 4, undefined],
  ['2 s after', 0, undefined],
  ['between two, nearer to the second', 12.1, { mph: 30, secondsAway: 0.9000000000000004 }],
])('tells the nearest speed: %s', (_, moment, expected) => {
  const speeds = createSpeeds([
    [2, 10],
    [11, 20],
    [13, 30],
    [13, 40],
  ]);
  expect(findNearestSpeed(speeds, moment)).toEqual(expected);
});

function createSpeeds(samples: readonly number[][]): { seconds: Float64Array; mph: Float64Array } {
  return {
    seconds: Float64Array.from(samples, ([seconds = NaN]) => seconds),
    mph: Float64Array.from(samples, ([, mph = NaN]) => mph),
  };
}

function answerChanges(trace: MessageTrace, list: string, signal: string): object {
  const isRise = ({ changed, after }: StateChange): boolean =>
    changed.includes(signal) && after[signal] === 1;
  return {
    total_messages: trace.frames,
    changes: trace.changes.map(answerChange),
    [list]: trace.changes.filter(isRise).map(answerChange),
  };
}

function answerChange({ seconds, before, after, changed }: StateChange): object {
  return {
    timestamp: seconds,
    old_state: answerState(before),
    new_state: answerState(after),
    changes: answerState(Object.fromEntries(changed.map((name) => [name, after[name] ?? NaN]))),
  };
}

function answerState(state: Readonly<Record<string, number>>): object {
  const bits = Object.entries(state).filter(([name]) => name !== 'cruise_set_speed');
  return Object.fromEntries(bits.map(([name, value]) => [name, value === 1]));
}

function dropSetSpeed(result: object | undefined): unknown {
  return JSON.parse(JSON.stringify(result), (key, value: unknown) =>
    key === 'cruise_set_speed' ? undefined : value,
  );
}
