import { describe, expect, it } from 'vitest';
import { IdleWatch } from '../../../../server/services/service/idle-watch.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

interface Scene {
  readonly clock: FakeClock;
  readonly watch: IdleWatch;
  isBusy: boolean;
  stops: number;
}

function watchFor(idleSeconds: number): Scene {
  const clock = new FakeClock();
  const scene = { clock, isBusy: false, stops: 0 };
  const watch = new IdleWatch({
    ...{ clock, idleSeconds },
    isBusy: () => scene.isBusy,
    onIdle: () => void scene.stops++,
  });
  return Object.assign(scene, { watch });
}

describe('a service that nobody uses', () => {
  it('stops after a while', () => {
    const scene = watchFor(10);
    scene.clock.advance(9999);
    expect(scene.stops).toBe(0);
    scene.clock.advance(1);
    expect(scene.stops).toBe(1);
  });

  it('waits again from its last use', () => {
    const scene = watchFor(10);
    scene.clock.advance(6000);
    scene.watch.touch();
    scene.clock.advance(9999);
    expect(scene.stops).toBe(0);
    scene.clock.advance(1);
    expect(scene.stops).toBe(1);
  });

  it('does not stop while it is busy, nor right afterwards', () => {
    const scene = watchFor(10);
    scene.isBusy = true;
    scene.clock.advance(25_000);
    scene.isBusy = false;
    scene.clock.advance(9999);
    expect(scene.stops).toBe(0);
    scene.clock.advance(1);
    expect(scene.stops).toBe(1);
  });

  it('never stops when that is not wanted, nor when it is closed', () => {
    const scene = watchFor(0);
    scene.clock.advance(1e9);
    const other = watchFor(1);
    other.watch.close();
    other.clock.advance(1e9);
    expect([scene.stops, other.stops, scene.clock.waiting]).toEqual([0, 0, 0]);
  });
});
