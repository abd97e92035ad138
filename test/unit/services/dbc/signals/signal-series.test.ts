import { describe, expect, it } from 'vitest';
import {
  ANGLE_QUERY,
  canAt,
  createCaller,
  DRIVE,
  handle,
  listLateEvents,
  START,
} from '../../../../support/signal-drive.ts';

describe('dbc/series', () => {
  const ask = handle()['dbc/series'];

  it('draws the samples of the whole log, by time, however they stand in it', async () => {
    const result = await ask({ path: 'log', signals: [ANGLE_QUERY] }, createCaller());
    expect(result).toMatchObject({ startMonoTime: String(START), fromSeconds: 0, toSeconds: 2 });
    expect(result.series).toEqual([
      {
        ...ANGLE_QUERY,
        unit: 'deg',
        labels: [],
        isStepped: true,
        samples: 6,
        minimum: -15,
        maximum: 30,
        seconds: [0, 0.1, 0.1, 0.2, 0.3, 0.4],
        values: [5, 10, -15, 25, 20, 30],
      },
    ]);
  });

  it('draws several signals of several buses, labels with them', async () => {
    const signals = [
      { ...ANGLE_QUERY, signal: 'GEAR' },
      { ...ANGLE_QUERY, bus: 128 },
      ANGLE_QUERY,
      { bus: 0, arbitrationId: 0xaa, signal: 'WHEEL_FR' },
      ANGLE_QUERY,
    ];
    const { series } = await ask({ path: 'log', signals }, createCaller());
    expect(series.map(({ signal, samples }) => [signal, samples])).toEqual([
      ['GEAR', 5],
      ['ANGLE', 1],
      ['ANGLE', 6],
      ['WHEEL_FR', 1],
      ['ANGLE', 6],
    ]);
    expect(series[0]).toMatchObject({ labels: [{ value: 2, label: 'REVERSE' }], isStepped: true });
    expect(series[2]).toEqual(series[4]);
  });

  it('keeps to a range of time, and goes on to the samples beside it', async () => {
    const result = await ask(
      { path: 'log', signals: [ANGLE_QUERY], fromSeconds: 0.15, toSeconds: 0.3, columns: 50 },
      createCaller(),
    );
    expect(result.series[0]).toMatchObject({
      samples: 2,
      minimum: 20,
      maximum: 25,
      seconds: [0.1, 0.2, 0.3, 0.4],
      values: [-15, 25, 20, 30],
    });
  });

  it('reads no further than it must', async () => {
    const lines = [...DRIVE, ...listLateEvents(10)];
    const { report, series } = await handle(lines)['dbc/series'](
      { path: 'log', signals: [ANGLE_QUERY], fromSeconds: 0, toSeconds: 1 },
      createCaller(),
    );
    expect(report.events).toBeLessThan(lines.length);
    expect(series[0]).toMatchObject({ samples: 6 });
  });

  it('has nothing of a message that did not come', async () => {
    const { series } = await handle([canAt(0, [0xaa, 0, '00000000'])])['dbc/series'](
      { path: 'log', signals: [ANGLE_QUERY] },
      createCaller(),
    );
    expect(series[0]).toMatchObject({ samples: 0, minimum: null, maximum: null, seconds: [], values: [] });
  });

  it('refuses a range that ends before it begins, and more than one answer holds', async () => {
    const signals = Array.from({ length: 200 }, () => ANGLE_QUERY);
    await expect(
      ask({ path: 'log', signals: [ANGLE_QUERY], fromSeconds: 2, toSeconds: 1 }, createCaller()),
    ).rejects.toThrow('ends at 1 s, before it begins at 2 s');
    await expect(ask({ path: 'log', signals, columns: 20_000 }, createCaller())).rejects.toThrow(
      'ask for up to 5000 columns',
    );
  });

  it.each([
    [{ fromSeconds: 7 }, [7, 7]],
    [{ toSeconds: -3 }, [-3, -3]],
    [{ toSeconds: 1e300 }, [0, 1e300]],
    [{ fromSeconds: -1e308, toSeconds: 1e308 }, [-1e308, 1e308]],
  ])('takes the range %o', async (range, expected) => {
    const { fromSeconds, toSeconds } = await ask(
      { path: 'log', signals: [ANGLE_QUERY], ...range },
      createCaller(),
    );
    expect([fromSeconds, toSeconds]).toEqual(expected);
  });
});
