import { describe, expect, it } from 'vitest';
import { CtsError, type SessionState } from '#protocol';
import { makeLog } from '../../../support/log-builder.ts';
import { fileOf } from '../../../support/memory-logs.ts';
import { OpenSessions } from '../../../support/open-sessions.ts';
import { FIRST_SEGMENT, makeSmallDrive, SECOND_SEGMENT } from '../../../support/small-drive.ts';
import { settle } from '../../../support/fake-clock.ts';

const MINUTES = 60_000;

function openDrive(): OpenSessions {
  return new OpenSessions({ drive: fileOf(makeSmallDrive()), other: fileOf(makeSmallDrive()) });
}

/** A log whose bytes come when they are asked for by `give`. */
function makeSlowDrive(): { readonly sessions: OpenSessions; readonly give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  const content = async (): Promise<never> => {
    await given;
    throw new CtsError('FILE_NOT_FOUND', 'Cannot open drive: it is gone');
  };
  return { sessions: new OpenSessions({ drive: fileOf(content) }), give: () => give() };
}

describe('open logs', () => {
  it('are read to their end, and tell what they hold', async () => {
    const sessions = openDrive();
    const state = await sessions.openWhole();
    expect(state).toMatchObject({
      phase: 'complete',
      fraction: 1,
      events: 8,
      seconds: 1,
      expectedSeconds: 1,
    });
    expect(state.failure).toBeNull();
    expect(sessions.logs.openStreams).toBe(0);
  });

  it('tell the length that a route should have while they are read', async () => {
    const sessions = new OpenSessions({
      drive: { segments: { 3: makeLog(FIRST_SEGMENT), 5: makeLog(SECOND_SEGMENT) } },
    });
    const opened = await sessions.ask('sessions/open', { path: 'drive' });
    expect(opened.expectedSeconds).toBe(opened.phase === 'complete' ? 60.5 : 180);
    expect((await sessions.openWhole()).seconds).toBe(60.5);
  });

  it('are shared by all who open the same files with the same databases', async () => {
    const sessions = openDrive();
    const [one, same, other] = await Promise.all([
      sessions.ask('sessions/open', { path: 'drive' }),
      sessions.ask('sessions/open', { path: 'drive' }),
      sessions.ask('sessions/open', { path: 'other' }),
    ]);
    expect(same.session).toBe(one.session);
    expect(other.session).not.toBe(one.session);
    sessions.versions.set('drive', { sizeBytes: 1, stamp: 'changed' });
    expect((await sessions.ask('sessions/open', { path: 'drive' })).session).not.toBe(one.session);
  });

  it('say why nothing can be read, and how the file begins', async () => {
    const sessions = new OpenSessions({ drive: fileOf(new Uint8Array(64).fill(0xff)) });
    sessions.head = Uint8Array.of(0x1f, 0x8b, 0x08);
    const state = await sessions.openWhole();
    expect(state).toMatchObject({ phase: 'failed', events: 0 });
    expect(state.failure).toMatchObject({ code: 'NOT_A_LOG', firstBytesHex: '1f 8b 08' });
  });

  it('stop and go on without a file that stays open', async () => {
    const sessions = openDrive();
    const opening = sessions.ask('sessions/open', { path: 'drive' });
    await opening;
    const { session } = await opening;
    const log = sessions.table.find(session);
    await log.ended;
    expect((await sessions.ask('sessions/stop', { session })).phase).toBe('complete');
    const slow = makeSlowDrive();
    const begun = slow.sessions.ask('sessions/open', { path: 'drive' });
    await settle();
    slow.sessions.clock.advance(1000);
    const { session: slowSession } = await begun;
    expect((await slow.sessions.ask('sessions/stop', { session: slowSession })).phase).toBe('stopped');
    slow.give();
    await settle();
    expect((await slow.sessions.ask('sessions/resume', { session: slowSession })).phase).not.toBe('stopped');
    await slow.sessions.table.find(slowSession).ended;
    expect(slow.sessions.table.find(slowSession).state.failure?.code).toBe('FILE_NOT_FOUND');
  });

  it('are forgotten when they are closed', async () => {
    const sessions = openDrive();
    const { session } = await sessions.openWhole();
    await sessions.ask('sessions/close', { session });
    await expect(sessions.ask('sessions/stop', { session })).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
    expect(sessions.clock.waiting).toBe(0);
  });

  it('are forgotten as the process ends: nothing is opened any more, no timer is left', async () => {
    const sessions = openDrive();
    const { session } = await sessions.openWhole();
    const following = sessions.ask('sessions/follow', { session });
    await settle();
    sessions.table.closeAll();
    expect((await following).session).toBe(session);
    expect(sessions.clock.waiting).toBe(0);
    await expect(sessions.ask('sessions/open', { path: 'other' })).rejects.toMatchObject({
      code: 'SHUTTING_DOWN',
    });
  });

  it('are forgotten when nobody asked for two minutes, unless somebody follows', async () => {
    const sessions = openDrive();
    const kept = await sessions.openWhole('drive');
    const idle = await sessions.openWhole('other');
    const ends = new AbortController();
    const following = sessions.ask('sessions/follow', { session: kept.session }, { signal: ends.signal });
    await settle();
    sessions.clock.advance(3 * MINUTES);
    await settle();
    expect(() => sessions.table.find(idle.session)).toThrow(/Open it anew/);
    expect(sessions.table.find(kept.session).id).toBe(kept.session);
    ends.abort();
    await expect(following).rejects.toThrow();
    sessions.clock.advance(3 * MINUTES);
    expect(() => sessions.table.find(kept.session)).toThrow(/Open it anew/);
  });

  it('are sixteen at most: those that were not asked for the longest go', async () => {
    const names = Array.from({ length: 17 }, (_, number) => `drive${String(number)}`);
    const sessions = new OpenSessions(
      Object.fromEntries(names.map((name) => [name, fileOf(makeSmallDrive())])),
    );
    const states: SessionState[] = [];
    for (const name of names) states.push(await sessions.openWhole(name));
    expect(() => sessions.table.find(states[0]?.session ?? '')).toThrow(/Open it anew/);
    expect(sessions.table.find(states[1]?.session ?? '').id).toBe(states[1]?.session);
  });

  it('tell those who follow of every change, ten times a second at most', async () => {
    const sessions = openDrive();
    const { session } = await sessions.openWhole();
    const log = sessions.table.find(session);
    const told: number[] = [];
    const following = sessions.ask(
      'sessions/follow',
      { session },
      { onState: (state) => told.push(state.revision) },
    );
    await settle();
    for (let change = 0; change < 5; change++) log.noteChange();
    await settle();
    expect(told).toHaveLength(1);
    sessions.clock.advance(100);
    await settle();
    expect(told).toEqual([told[0], (told[0] ?? 0) + 5]);
    await sessions.ask('sessions/close', { session });
    expect((await following).session).toBe(session);
  });

  it('tell when their file has grown', async () => {
    const sessions = openDrive();
    sessions.versions.set('drive', { sizeBytes: 10, stamp: 'a' });
    const { session } = await sessions.openWhole();
    const states: SessionState[] = [];
    const following = sessions.ask(
      'sessions/follow',
      { session },
      { onState: (state) => states.push(state) },
    );
    await settle();
    sessions.clock.advance(100);
    sessions.versions.set('drive', { sizeBytes: 20, stamp: 'b' });
    sessions.clock.advance(3000);
    await settle();
    sessions.clock.advance(100);
    await settle();
    expect(states.at(-1)?.hasGrown).toBe(true);
    await sessions.ask('sessions/close', { session });
    await following;
  });
});
