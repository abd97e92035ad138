import { describe, expect, it } from 'vitest';
import { CtsError } from '#protocol';
import { Backend, type BackendStatus } from '../../../../client/backend/backend.ts';
import type { BackendConnection } from '../../../../client/backend/connection.ts';
import { FakeConnection, settle } from '../../../support/fake-backend.ts';

/** A world in which the test decides what starting comes to, and time is only written down. */
class World {
  readonly delays: number[] = [];
  readonly states: string[] = [];
  now = 0;
  starts: (() => BackendConnection)[] = [];
  readonly backend = new Backend({
    now: () => this.now,
    wait: async (ms) => {
      this.delays.push(ms);
    },
    connect: async () => (this.starts.shift() ?? failToStart)(),
  });

  constructor(...starts: (() => BackendConnection)[]) {
    this.starts = starts;
    this.backend.onStatus(({ state }) => this.states.push(state));
  }
}

function failToStart(): never {
  throw new CtsError('SERVER_NOT_STARTED', 'The CTS backend did not start: its process ended');
}

async function reasonOf(promise: Promise<unknown>): Promise<CtsError> {
  return promise.then(
    () => {
      throw new Error('It did not fail');
    },
    (error: unknown) => error as CtsError,
  );
}

describe('Backend', () => {
  it('starts nothing before something is asked, and once for all that is asked', async () => {
    const connection = new FakeConnection();
    const world = new World(() => connection);
    expect(world.backend.status).toEqual({ state: 'stopped' });
    const answers = await Promise.all([
      world.backend.request('tools/list', {}),
      world.backend.relay('x', {}),
    ]);
    expect(answers).toEqual(['tools/list', 'x']);
    expect(world.states).toEqual(['starting', 'ready']);
    expect(world.starts).toEqual([]);
  });

  it('starts again after an end, and answers what is asked meanwhile', async () => {
    const [first, second] = [new FakeConnection(), new FakeConnection(() => 'second')];
    const world = new World(
      () => first,
      () => second,
    );
    await world.backend.start();
    first.die('its process ended');
    await settle();
    expect(await world.backend.relay('x', {})).toBe('second');
    expect(world.states).toEqual(['starting', 'ready', 'restarting', 'ready']);
    expect(world.delays).toEqual([250]);
  });

  it('gives up after six restarts and says so to whoever asks', async () => {
    const world = new World();
    const failure = await reasonOf(world.backend.start());
    expect(failure.code).toBe('SERVER_NOT_STARTED');
    expect(failure.message).toMatch(/stopped 7 times and is not started again/);
    expect(world.delays).toEqual([250, 500, 1000, 2000, 4000, 8000]);
    expect(world.backend.status.state).toBe('stopped');
    expect(await reasonOf(world.backend.relay('x', {}))).toBe(failure);
  });

  it('dies six times and lives on, but not a seventh time', async () => {
    const lives = Array.from({ length: 7 }, () => new FakeConnection());
    const world = new World(...lives.map((life) => () => life));
    await world.backend.start();
    for (const life of lives.slice(0, 6)) {
      life.die('killed');
      await settle();
      expect(world.backend.status.state).toBe('ready');
    }
    lives[6]?.die('killed');
    await settle();
    expect(world.backend.status.state).toBe('stopped');
    expect(world.backend.status.reason?.message).toContain('killed');
  });

  it('is started again by hand after it was given up', async () => {
    const world = new World();
    await reasonOf(world.backend.start());
    const connection = new FakeConnection();
    world.starts.push(() => connection);
    await world.backend.restart();
    expect(world.backend.status).toEqual({ state: 'ready' });
  });

  it.each(['CLIENT_TOO_OLD', 'UNAUTHENTICATED', 'STORE_TOO_NEW'] as const)(
    'does not try again what another start would not mend: %s',
    async (code) => {
      const world = new World(() => {
        throw new CtsError(code, 'No');
      });
      expect((await reasonOf(world.backend.start())).code).toBe(code);
      expect(world.delays).toEqual([]);
    },
  );

  it('closes a backend that comes up after it was stopped', async () => {
    const late = new FakeConnection();
    const begun = Promise.withResolvers<BackendConnection>();
    const backend = new Backend({ now: () => 0, wait: async () => undefined, connect: () => begun.promise });
    const start = reasonOf(backend.start());
    await backend.stop();
    begun.resolve(late);
    expect((await start).message).toBe('The CTS backend was stopped');
    expect(late.isClosed).toBe(true);
    expect(backend.status).toEqual({ state: 'stopped' });
  });

  it('starts no other once it was closed for good, whoever asks', async () => {
    const connection = new FakeConnection();
    const world = new World(
      () => connection,
      () => new FakeConnection(),
    );
    await world.backend.start();
    await world.backend.close();
    expect(connection.isClosed).toBe(true);
    expect((await reasonOf(world.backend.relay('x', {}))).code).toBe('SHUTTING_DOWN');
    await settle();
    expect(world.starts).toHaveLength(1);
    expect(world.backend.status).toEqual({ state: 'stopped' });
  });

  it('lets a caller go who no longer waits for the start', async () => {
    const backend = new Backend({
      now: () => 0,
      wait: async () => undefined,
      connect: () => new Promise(() => undefined),
    });
    const caller = new AbortController();
    const asked = reasonOf(backend.relay('x', {}, { signal: caller.signal }));
    caller.abort(new CtsError('SHUTTING_DOWN', 'Enough'));
    expect((await asked).message).toBe('Enough');
  });

  it('tells listeners until they are taken away', async () => {
    const world = new World(() => new FakeConnection());
    const heard: BackendStatus[] = [];
    const forget = world.backend.onStatus((status) => heard.push(status));
    await world.backend.start();
    forget();
    await world.backend.stop();
    expect(heard.map(({ state }) => state)).toEqual(['starting', 'ready']);
  });
});
