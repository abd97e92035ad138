import { describe, expect, test } from 'vitest';
import { Playback } from '../../../../../webviews/log/frame/playback.ts';
import { createStore } from '../../../../../webviews/shared/store.ts';

function setUp({ isCalm = false } = {}) {
  const cursor = createStore(0);
  const range = createStore({ from: 10, to: 12 });
  let frame: ((now: number) => void) | undefined;
  const playback = new Playback({
    cursor,
    range,
    requestFrame: (run) => {
      frame = run;
    },
    isCalm: () => isCalm,
  });
  const run = (now: number): void => {
    const due = frame;
    frame = undefined;
    due?.(now);
  };
  return { cursor, range, playback, run, isWaiting: () => frame !== undefined };
}

describe('playback', () => {
  test('begins at the start of the range where the cursor is outside', () => {
    const { cursor, playback } = setUp();
    playback.play();
    expect(cursor.get()).toBe(10);
  });

  test('goes on as the clock does, times the speed', () => {
    const { cursor, playback, run } = setUp();
    playback.speed.set(2);
    playback.play();
    run(1000);
    run(1100);
    expect(cursor.get()).toBeCloseTo(10.2, 9);
  });

  test('follows a cursor that somebody has moved', () => {
    const { cursor, playback, run } = setUp();
    playback.play();
    run(0);
    cursor.set(11);
    run(100);
    expect(cursor.get()).toBeCloseTo(11.1, 9);
  });

  test('stops at the end of the range', () => {
    const { cursor, playback, run, isWaiting } = setUp();
    playback.speed.set(8);
    playback.play();
    run(0);
    run(200);
    run(400);
    expect(cursor.get()).toBe(12);
    expect(playback.isPlaying.get()).toBe(false);
    expect(isWaiting()).toBe(false);
  });

  test('a page that was hidden does not leap', () => {
    const { cursor, playback, run } = setUp();
    playback.play();
    run(0);
    run(60_000);
    expect(cursor.get()).toBeCloseTo(10.25, 9);
  });

  test('with less motion, time goes on in quarters of a second', () => {
    const { cursor, playback, run } = setUp({ isCalm: true });
    playback.play();
    const seen = new Set<number>();
    for (let now = 0; now <= 1000; now += 16) {
      run(now);
      seen.add(cursor.get());
    }
    expect([...seen]).toEqual([10, 10.25, 10.5, 10.75]);
  });

  test('pauses', () => {
    const { cursor, playback, run } = setUp();
    playback.toggle();
    run(0);
    playback.toggle();
    run(500);
    expect(cursor.get()).toBe(10);
  });
});
