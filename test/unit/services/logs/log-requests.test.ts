import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import { createLogHandlers } from '../../../../server/services/logs/log-requests.ts';
import { joinEvents } from '../../../support/log-builder.ts';
import { fileOf, MemoryLogs } from '../../../support/memory-logs.ts';
import { makeSmallDrive } from '../../../support/small-drive.ts';

const log = makeSmallDrive();
const handlers = createLogHandlers(new MemoryLogs({ log: fileOf(log) }));

/** A caller that writes down the names of what it is told. */
function createCaller(signal = new AbortController().signal): RequestContext & { readonly told: string[] } {
  const told: string[] = [];
  return { signal, told, notify: (method) => void told.push(method) };
}

describe('requests about logs', () => {
  it('are answered, with progress on the way', async () => {
    const caller = createCaller();
    expect(await handlers['logs/info']({ path: 'log' }, caller)).toMatchObject({
      path: 'log',
      inversions: 1,
    });
    expect(caller.told).toEqual(['work/progressed']);
  });

  it('deliver events as notifications', async () => {
    const caller = createCaller();
    const result = await handlers['logs/readEvents']({ path: 'log', services: ['can'] }, caller);
    expect(result).toMatchObject({ delivered: 2 });
    expect(caller.told).toEqual(['work/progressed', 'logs/eventsRead']);
  });

  it('obey a limit on bytes', async () => {
    const limit = { path: 'log', maxBytes: log.length - 8 };
    expect((await handlers['logs/info'](limit, createCaller())).report).toMatchObject({
      events: 7,
      isWhole: false,
    });
    expect(await handlers['logs/readEvents'](limit, createCaller())).toMatchObject({ delivered: 7 });
  });

  it('read on behind garbage, or stop there when asked to', async () => {
    const damaged = joinEvents([log, new Uint8Array(24).fill(0xff), log]);
    const { 'logs/info': ask } = createLogHandlers(new MemoryLogs({ log: fileOf(damaged) }));
    const readOn = await ask({ path: 'log' }, createCaller());
    const stopped = await ask({ path: 'log', resync: false }, createCaller());
    expect([readOn.report.events, stopped.report.events]).toEqual([16, 8]);
  });

  it.each(['logs/info', 'logs/readEvents'] as const)(
    '%s fails for what is not there, and when aborted',
    async (method) => {
      await expect(handlers[method]({ path: 'nope' }, createCaller())).rejects.toMatchObject({
        code: 'FILE_NOT_FOUND',
      });
      const reason = new Error('enough');
      await expect(handlers[method]({ path: 'log' }, createCaller(AbortSignal.abort(reason)))).rejects.toBe(
        reason,
      );
    },
  );
});
