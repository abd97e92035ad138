import { describe, expect, it } from 'vitest';
import type { EventToWrite } from '../../../../../server/adapters/capnp/event-writer.ts';
import { makeLog } from '../../../../support/log-builder.ts';
import { fileOf } from '../../../../support/memory-logs.ts';
import { OpenSessions } from '../../../../support/open-sessions.ts';
import { FIRST_SEGMENT, makeSmallDrive, SECOND_SEGMENT } from '../../../../support/small-drive.ts';

async function open(events: readonly EventToWrite[] = FIRST_SEGMENT) {
  const sessions = new OpenSessions({ drive: fileOf(makeLog(events)) });
  const { session } = await sessions.openWhole();
  return { sessions, session };
}

function speedAt(seconds: number, vEgo: number): EventToWrite {
  return { logMonoTime: BigInt(seconds * 1e9), service: 'carState', value: { vEgo } };
}

describe('rows of events', () => {
  it('stand in the order of time, with what they hold', async () => {
    const { sessions, session } = await open();
    const { total, rows } = await sessions.ask('sessions/events', {
      session,
      filter: {},
      from: 0,
      count: 100,
    });
    expect(total).toBe(8);
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 5, 4, 6, 7]);
    expect(rows.map(({ seconds }) => seconds)).toEqual([-10, -0.5, 0, 0, 0.25, 0.5, 1, 1]);
    expect(rows.map(({ deltaMs }) => deltaMs)).toEqual([null, 9500, 500, 0, 250, 250, 500, 0]);
    expect(rows[3]).toMatchObject({ service: 'can', content: '3 frames, 6 bytes', isReadable: true });
    expect(rows[4]?.content).toContain('vEgo 24.5');
  });

  it('are of the services that the filter names', async () => {
    const { sessions, session } = await open();
    const ask = async (filter: object) =>
      (await sessions.ask('sessions/events', { session, filter, from: 0, count: 9 })).rows.map(
        ({ index }) => index,
      );
    expect(await ask({ services: ['carState'] })).toEqual([5, 6]);
    expect(await ask({ excluding: ['carState', 'can', 'initData', 'sentinel'] })).toEqual([2, 7]);
    await expect(ask({ services: ['carStat'] })).rejects.toMatchObject({ code: 'SERVICE_NOT_FOUND' });
  });

  it('are found by text in names and values of fields', async () => {
    const { sessions, session } = await open();
    const ask = async (text: string) => {
      const { total, searchedSeconds } = await sessions.ask('sessions/events', {
        ...{ session, filter: { text }, from: 0, count: 9 },
      });
      return { total, searchedSeconds };
    };
    expect(await ask('OUTBACK')).toEqual({ total: 1, searchedSeconds: null });
    expect(await ask('GEARshifter')).toEqual({ total: 2, searchedSeconds: null });
    expect(await ask('24.5')).toEqual({ total: 1, searchedSeconds: null });
    expect(await ask('nowhere to be found')).toEqual({ total: 0, searchedSeconds: null });
  });

  it('are found by time and by event', async () => {
    const { sessions, session } = await open();
    const find = async (params: object) =>
      (await sessions.ask('sessions/findEvent', { session, filter: {}, ...params })).row;
    expect(await find({ atSeconds: 0.1 })).toBe(4);
    expect(await find({ atSeconds: 100 })).toBe(8);
    expect(await find({ index: 5 })).toBe(4);
    expect(await find({ index: 5, filter: { services: ['can'] } })).toBe(-1);
    expect(await find({ index: 4, filter: { services: ['can'] } })).toBe(1);
  });

  it('span the segments of a route', async () => {
    const sessions = new OpenSessions({
      drive: { segments: { 0: makeLog(FIRST_SEGMENT), 1: makeLog(SECOND_SEGMENT) } },
    });
    const { session } = await sessions.openWhole();
    const { total, rows } = await sessions.ask('sessions/events', { session, filter: {}, from: 9, count: 9 });
    expect(total).toBe(12);
    expect(rows.map(({ index, seconds }) => [index, seconds])).toEqual([
      [7, 1],
      [10, 60],
      [11, 60.5],
    ]);
    expect(rows.at(-1)?.content).toContain('vEgo 26');
  });

  it('move when an event of the first segment turns out to be earlier than all others', async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => speedAt(200 + i, i));
    const { sessions, session } = await open([...many, speedAt(100, 77)]);
    const { rows } = await sessions.ask('sessions/events', { session, filter: {}, from: 0, count: 2 });
    expect(rows.map(({ index, seconds }) => [index, seconds])).toEqual([
      [40_000, 0],
      [0, 100],
    ]);
  });
});

describe('one event', () => {
  it('is told with all its fields, and how they changed', async () => {
    const { sessions, session } = await open();
    const tree = await sessions.ask('sessions/event', { session, index: 6 });
    expect(tree).toMatchObject({
      service: 'carState',
      monoTime: '101000000000',
      previous: 5,
      next: null,
      problem: null,
    });
    expect(tree.fields.find(({ name }) => name === 'vEgo')).toEqual({
      ...{ depth: 0, name: 'vEgo', path: 'carState.vEgo', value: '25', type: 'Float32' },
      ...{ hasChildren: false, change: 0.5, isPlottable: true },
    });
    expect(JSON.parse(tree.json ?? '')).toMatchObject({ carState: { vEgo: 25 } });
  });

  it('tells elements of lists by their place', async () => {
    const { sessions, session } = await open();
    const { fields } = await sessions.ask('sessions/event', { session, index: 3 });
    expect(fields[0]).toMatchObject({
      depth: 0,
      path: 'can',
      type: 'List (3)',
      value: '',
      hasChildren: true,
    });
    expect(fields.find(({ path }) => path === 'can[1].src')).toMatchObject({ depth: 2, value: '1' });
    expect(fields.find(({ path }) => path === 'can[2].dat')).toMatchObject({
      value: 'ff ee',
      type: 'Data (2)',
    });
  });

  it('is refused where there is none', async () => {
    const { sessions, session } = await open();
    await expect(sessions.ask('sessions/event', { session, index: 8 })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
    });
  });

  it('can no longer be read when its file has changed and its bytes are gone', async () => {
    const sessions = new OpenSessions({ drive: fileOf(makeSmallDrive()) });
    sessions.versions.set('drive', { sizeBytes: 1, stamp: 'a' });
    const { session } = await sessions.openWhole();
    sessions.versions.set('drive', { sizeBytes: 1, stamp: 'b' });
    // Still in memory.
    await sessions.ask('sessions/event', { session, index: 0 });
    sessions.table.find(session).dropBytes();
    await expect(sessions.ask('sessions/event', { session, index: 0 })).rejects.toThrow(/has changed/);
  });
});
