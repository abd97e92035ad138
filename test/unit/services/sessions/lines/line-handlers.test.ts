import { describe, expect, it } from 'vitest';
import type { EventToWrite } from '../../../../../server/adapters/capnp/event-writer.ts';
import { makeLog } from '../../../../support/log-builder.ts';
import { fileOf } from '../../../../support/memory-logs.ts';
import { OpenSessions } from '../../../../support/open-sessions.ts';

const ESCAPE = String.fromCharCode(27);
const lineOf = (seconds: number, service: string, value: EventToWrite['value']): EventToWrite => ({
  ...{ logMonoTime: BigInt(seconds * 1e9), service, value },
});

const LINES: readonly EventToWrite[] = [
  lineOf(
    100,
    'logMessage',
    JSON.stringify({
      msg: 'hello',
      levelnum: 20,
      ctx: { daemon: 'locationd' },
      filename: 'a.py',
      lineno: 7,
      funcName: 'main',
    }),
  ),
  lineOf(
    103,
    'errorLogMessage',
    JSON.stringify({ msg: 'broken', level: 'ERROR', exc_info: 'Traceback\n  at x' }),
  ),
  lineOf(
    101,
    'logMessage',
    JSON.stringify({ msg: { event: 'lag', ms: 12 }, levelnum: 30, module: 'modeld' }),
  ),
  lineOf(102, 'operatingSystemLog', {
    tag: 'kernel',
    priority: 3,
    pid: 12,
    message: JSON.stringify({ MESSAGE: `${ESCAPE}[31m<b>red</b>${ESCAPE}[0m` }),
  }),
  lineOf(104, 'logMessage', 'no JSON\nsecond line'),
];

async function open() {
  const sessions = new OpenSessions({ drive: fileOf(makeLog(LINES)) });
  const { session } = await sessions.openWhole();
  return { sessions, session };
}

describe('lines of text', () => {
  it('are told by time, with level, source and place', async () => {
    const { sessions, session } = await open();
    const lines = await sessions.ask('sessions/logLines', { session, filter: {}, from: 0, count: 10 });
    expect(lines.rows).toEqual([
      {
        index: 0,
        seconds: 0,
        level: 'info',
        source: 'logMessage',
        where: 'a.py:7',
        text: 'hello',
        detail: null,
      },
      {
        index: 2,
        seconds: 1,
        level: 'warning',
        source: 'logMessage',
        where: 'modeld',
        text: 'lag ms=12',
        detail: null,
      },
      {
        index: 3,
        seconds: 2,
        level: 'error',
        source: 'androidLog',
        where: 'kernel 12',
        text: '<b>red</b>',
        detail: null,
      },
      {
        index: 1,
        seconds: 3,
        level: 'error',
        source: 'errorLogMessage',
        where: '',
        text: 'broken',
        detail: 'Traceback\n  at x',
      },
      {
        index: 4,
        seconds: 4,
        level: 'info',
        source: 'logMessage',
        where: '',
        text: 'no JSON',
        detail: 'second line',
      },
    ]);
    expect(lines).toMatchObject({ all: 5, total: 5, byLevel: { debug: 0, info: 2, warning: 1, error: 2 } });
    expect(lines.sources[0]).toEqual({ source: 'logMessage', lines: 3 });
  });

  it('are those that the filter lets through', async () => {
    const { sessions, session } = await open();
    const ask = async (filter: object) =>
      (await sessions.ask('sessions/logLines', { session, filter, from: 0, count: 10 })).rows.map(
        ({ index }) => index,
      );
    expect(await ask({ levels: ['error'] })).toEqual([3, 1]);
    expect(await ask({ sources: ['androidLog', 'errorLogMessage'] })).toEqual([3, 1]);
    expect(await ask({ text: 'TRACEBACK' })).toEqual([1]);
    expect(await ask({ text: 'red', levels: ['info'] })).toEqual([]);
  });

  it('are found by time, and the next error too', async () => {
    const { sessions, session } = await open();
    const find = async (params: { atSeconds: number; level?: 'error' }) =>
      (await sessions.ask('sessions/findLogLine', { session, filter: {}, ...params })).row;
    expect(await find({ atSeconds: 0 })).toBe(1);
    expect(await find({ atSeconds: 0, level: 'error' })).toBe(2);
    expect(await find({ atSeconds: 3, level: 'error' })).toBe(5);
  });
});
