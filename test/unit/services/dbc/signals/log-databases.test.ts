import { describe, expect, it } from 'vitest';
import type { SignalSeries } from '#protocol';
import type { DatabaseChooser } from '../../../../../server/services/dbc/bus-databases.ts';
import { createSignalHandlers } from '../../../../../server/services/dbc/signals/signal-requests.ts';
import { FixedDatabases } from '../../../../support/fixed-databases.ts';
import { makeCanLog } from '../../../../support/log-builder.ts';
import { MemoryLogs } from '../../../../support/memory-logs.ts';
import { ANGLE_QUERY, canAt, CAR, createCaller, steer } from '../../../../support/signal-drive.ts';

function makeMinute(number: number): Uint8Array {
  return makeCanLog(Array.from({ length: 60 }, (_, i) => canAt(60 * number + i, steer(60 * number + i))));
}

/** Five minutes, the last of them without frames. */
const SEGMENTS = {
  ...Object.fromEntries([0, 1, 2, 3].map((number) => [number, makeMinute(number)])),
  4: makeCanLog([{ t: 400e9, which: 'carState' }]),
};

/** The same databases, of a survey that does not know its segments. */
class Unsurveyed extends FixedDatabases {
  override async chooseForLog(
    ...asked: Parameters<DatabaseChooser['chooseForLog']>
  ): ReturnType<DatabaseChooser['chooseForLog']> {
    const found = await super.chooseForLog(...asked);
    const { buses, startMonoTime, endMonoTime, disorderNs, messages } = found;
    return { of: (bus) => found.of(bus), buses, startMonoTime, endMonoTime, disorderNs, messages };
  }
}

function ask(
  range: { readonly fromSeconds?: number; readonly toSeconds?: number },
  Chooser = FixedDatabases,
): Promise<SignalSeries> {
  const handlers = createSignalHandlers({
    logs: new MemoryLogs({ route: { segments: SEGMENTS } }),
    chooser: new Chooser({ 0: CAR }),
  });
  return handlers['dbc/series']({ path: 'route', signals: [ANGLE_QUERY], ...range }, createCaller());
}

describe('segments of a route', () => {
  it.each([
    { fromSeconds: 190, toSeconds: 195, read: [2, 3] },
    { fromSeconds: 30, toSeconds: 40, read: [0] },
    { fromSeconds: 30, toSeconds: 59, read: [0, 1] },
    { fromSeconds: -200, toSeconds: -100, read: [0] },
    { fromSeconds: 1000, toSeconds: 1001, read: [0] },
    { read: [0, 1, 2, 3] },
  ])('are read where they have frames from $fromSeconds s to $toSeconds s', async ({ read, ...range }) => {
    const { report, series } = await ask(range);
    expect(report.segments.map(({ segment }) => segment)).toEqual(read);
    expect(series[0]?.samples).toBe((await ask(range, Unsurveyed)).series[0]?.samples);
  });

  it('give the same line as the whole log', async () => {
    const range = { fromSeconds: 190, toSeconds: 195 };
    expect((await ask(range)).series).toEqual((await ask(range, Unsurveyed)).series);
  });

  it('are read anyway where none has frames', async () => {
    const handlers = createSignalHandlers({
      logs: new MemoryLogs({ route: { segments: { 4: SEGMENTS[4] } } }),
      chooser: new FixedDatabases({ 0: CAR }),
    });
    const result = await handlers['dbc/series']({ path: 'route', signals: [ANGLE_QUERY] }, createCaller());
    expect(result).toMatchObject({ series: [{ samples: 0 }], report: { events: 1 } });
  });
});

describe('progress', () => {
  it('is all of the work at hand where the log was surveyed before', async () => {
    const logs = new MemoryLogs({ route: { segments: { 0: SEGMENTS[4] } } });
    const kept = await new FixedDatabases({ 0: CAR }).chooseForLog(
      await logs.locate('route'),
      { path: 'route' },
      {},
    );
    const chooser = { chooseForLog: () => Promise.resolve(kept), chooseAsAsked: () => Promise.resolve(kept) };
    const fractions = async (ports: Parameters<typeof createSignalHandlers>[0]): Promise<number[]> => {
      const caller = createCaller();
      await createSignalHandlers(ports)['dbc/messages']({ path: 'route' }, caller);
      return caller.told.map(({ fraction }) => fraction);
    };
    expect(await fractions({ logs, chooser })).toEqual([1]);
    expect(await fractions({ logs, chooser: new FixedDatabases({ 0: CAR }) })).toEqual([0.5, 1]);
  });
});
