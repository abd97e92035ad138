import { describe, expect, it } from 'vitest';
import { IdleWatch } from '../../../../server/services/service/idle-watch.ts';
import { FakeClock, settle } from '../../../support/fake-clock.ts';

interface Scene {
  readonly clock: FakeClock;
  readonly watch: IdleWatch;
  isBusy: boolean;
  stops: number;
}

function watchFor(idleSeconds: number): Scene {
  const clock = new FakeClock();
  const scene = { clock, isBusy: false, stops: 0 };
  const watch = new IdleWatch({ clock, idleSeconds, isBusy: () => scene.isBusy });
  void watch.ended.then(() => scene.stops++);
  return Object.assign(scene, { watch });
}

describe('a service that nobody uses', () => {
  it('stops after a while', async () => {
    const scene = watchFor(10);
    scene.clock.advance(9999);
    await settle();
    expect(scene.stops).toBe(0);
    scene.clock.advance(1);
    await settle();
    expect(scene.stops).toBe(1);
  });

  it('waits again from its last use', async () => {
    const scene = watchFor(10);
    scene.clock.advance(6000);
    scene.watch.touch();
    scene.clock.advance(9999);
    await settle();
    expect(scene.stops).toBe(0);
    scene.clock.advance(1);
    await settle();
    expect(scene.stops).toBe(1);
  });

  it('does not stop while it is busy, nor right afterwards', async () => {
    const scene = watchFor(10);
    scene.isBusy = true;
    scene.clock.advance(25_000);
    scene.isBusy = false;
    scene.clock.advance(9999);
    await settle();
    expect(scene.stops).toBe(0);
    scene.clock.advance(1);
    await settle();
    expect(scene.stops).toBe(1);
  });

  it('never stops when that is not wanted, nor when it is closed', async () => {
    const scene = watchFor(0);
    scene.clock.advance(1e9);
    const other = watchFor(1);
    other.watch.close();
    other.clock.advance(1e9);
    await settle();
    expect([scene.stops, other.stops, scene.clock.waiting]).toEqual([0, 0, 0]);
  });
});
