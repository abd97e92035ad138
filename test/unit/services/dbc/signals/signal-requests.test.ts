import { describe, expect, it } from 'vitest';
import type { RequestContext } from '#protocol';
import type { DatabaseSignal } from '../../../../../server/core/dbc/model/database.ts';
import { createSignalHandlers } from '../../../../../server/services/dbc/signals/signal-requests.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { FixedDatabases, openMessages } from '../../../../support/fixed-databases.ts';
import { makeCanLog } from '../../../../support/log-builder.ts';
import { fileOf, MemoryLogs } from '../../../../support/memory-logs.ts';
import {
  ANGLE_QUERY,
  CAR,
  createCaller,
  DRIVE,
  handle,
  listLateEvents,
} from '../../../../support/signal-drive.ts';

describe('dbc/signals', () => {
  it('lists the signals of messages that occurred', async () => {
    const { signals, omitted, buses } = await handle()['dbc/signals']({ path: 'log' }, createCaller());
    expect(signals.map(({ bus, message, frames, signal }) => [bus, message, frames, signal.name])).toEqual([
      [0, 'STEERING', 6, 'ANGLE'],
      [0, 'STEERING', 6, 'GEAR'],
      [0, 'WHEELS', 1, 'WHEEL_FL'],
      [0, 'WHEELS', 1, 'WHEEL_FR'],
      [128, 'STEERING', 1, 'ANGLE'],
      [128, 'STEERING', 1, 'GEAR'],
    ]);
    expect(omitted).toBe(0);
    expect(buses.map(({ bus, database }) => [bus, database?.name])).toContainEqual([0, 'test_car']);
  });

  it('says so where no bus has a database', async () => {
    await expect(handle(DRIVE, {})['dbc/signals']({ path: 'log' }, createCaller())).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      message: 'No database is used for any bus of this log (0, 1, 128), so no signal is known',
      actions: [0, 1, 128].map((bus) => `Name a database for bus ${String(bus)}`),
    });
  });
});

describe('requests about signals', () => {
  const params = {
    path: 'log',
    atSeconds: 1,
    signals: [ANGLE_QUERY],
  };
  const methods = ['dbc/messages', 'dbc/signals', 'dbc/series', 'dbc/values'] as const;

  it.each(methods)(
    '%s tells progress that only grows, and gives the databases asked for to the chooser',
    async (method) => {
      const chooser = new FixedDatabases({ 0: CAR });
      const handlers = createSignalHandlers({
        logs: new MemoryLogs({ log: fileOf(makeCanLog(DRIVE)) }),
        chooser,
      });
      const caller = createCaller();
      const databases = [{ bus: 0, path: 'test_car' }];
      await handlers[method]({ ...params, databases }, caller);
      const fractions = caller.told.map(({ fraction }) => fraction);
      expect(fractions.length).toBeGreaterThan(0);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(chooser.asked).toMatchObject([{ databases }]);
    },
  );

  it.each(methods)('%s fails for what is not there, and when aborted', async (method) => {
    const handlers = handle();
    await expect(handlers[method]({ ...params, path: 'nope' }, createCaller())).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
    const reason = new Error('enough');
    await expect(handlers[method](params, createCaller(AbortSignal.abort(reason)))).rejects.toBe(reason);
  });

  it.each(['dbc/messages', 'dbc/series', 'dbc/values'] as const)(
    '%s closes the log when it is aborted on the way',
    async (method) => {
      const logs = new MemoryLogs({ log: fileOf(makeCanLog(listLateEvents(0))) });
      const handlers = createSignalHandlers({ logs, chooser: new FixedDatabases({ 0: CAR }) });
      const stop = new AbortController();
      const caller: RequestContext = {
        signal: stop.signal,
        notify: (_, told) => {
          if ('fraction' in told && told.fraction > 0.5) stop.abort(new Error('enough'));
        },
      };
      await expect(handlers[method]({ ...params, atSeconds: 1e6 }, caller)).rejects.toThrow('enough');
      expect(logs.openStreams).toBe(0);
    },
  );

  it('takes signals with names of every kind', async () => {
    const names = ['__proto__', 'constructor', 'Drehzahl_Ü', '\u0000', '\ud800'];
    const signals = names.map((name, i): DatabaseSignal => makeSignal(name, { startBit: i, length: 1 }));
    const odd = openMessages('odd', [makeMessage('toString', signals, { arbitrationId: 0x25 })]);
    const handlers = handle(DRIVE, { 0: odd });
    const queries = names.map((signal) => ({ ...ANGLE_QUERY, signal }));
    const { series } = await handlers['dbc/series']({ path: 'log', signals: queries }, createCaller());
    expect(series.map(({ signal, samples }) => [signal, samples])).toEqual(names.map((name) => [name, 6]));
  });
});
