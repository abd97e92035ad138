import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLog } from '../../../../support/log-builder.ts';
import { lookAt, type LookedAtLog, readDoubles } from '../../../../support/looked-at-log.ts';

const DATABASE = `
BO_ 466 CRUISE: 8 ENGINE
 SG_ STATE : 7|4@0+ (1,0) [0|15] "" X
 SG_ GAS : 3|1@0+ (1,0) [0|1] "" X
 SG_ ACCEL : 23|16@0- (0.5,0) [0|0] "m/s^2" X
 SG_ LEVEL : 32|8@1+ (1,0) [0|0] "" X
VAL_ 466 STATE 0 "off" 8 "on, really" ;
`;

/** Half a second of everything every 100 ms; then nothing on bus 0 for a second, and one more. */
function makeDrive(): Uint8Array {
  return makeLog(
    [0, 1, 2, 3, 4, 15, 16].flatMap((tenth, i) => {
      const logMonoTime = 5_000_000_000n + BigInt(tenth) * 100_000_000n;
      const dat = Uint8Array.of(i < 3 ? 0 : 0x88, 0, 0, 2 * i, i % 2);
      return [
        { logMonoTime, service: 'can', value: [{ address: 466, src: 0, dat }] },
        { logMonoTime, service: 'can', value: [{ address: 5, src: 1, dat }] },
        {
          logMonoTime: logMonoTime + 1_000_000n,
          service: 'carState',
          value: { vEgo: i + 0.1, gearShifter: i < 4 ? 'park' : 'drive', brakePressed: i === 2 },
        },
        {
          logMonoTime: logMonoTime + 2_000_000n,
          service: 'pandaStates',
          value: Array.from({ length: i === 3 ? 1 : 2 }, (_, panda) => ({
            voltage: 12_000 + 100 * panda + i,
          })),
        },
      ];
    }),
  );
}

const options = { databases: { cruise: DATABASE }, asked: [{ bus: 0, path: 'cruise' }] };
const keys = [
  '0:0x1D2:ACCEL',
  '0:0x1D2:STATE',
  'carState.vEgo',
  'carState.gearShifter',
  'pandaStates[1].voltage',
];
const whole = { fromSeconds: 0, toSeconds: 10, columns: 100 };

async function drawOne(looked: LookedAtLog, key: string): Promise<unknown> {
  const [one] = (await looked.ask('sessions/series', { ...whole, keys: [key] })).series;
  if (one === undefined) return undefined;
  return { ...one, seconds: [...readDoubles(one.seconds)], values: [...readDoubles(one.values)] };
}

describe('sessions/series', () => {
  it('gives points of signals, with the gap that a bus leaves', async () => {
    expect(await drawOne(await lookAt(makeDrive(), options), '0:0x1d2:ACCEL')).toEqual({
      info: {
        ...{ key: '0:0x1d2:ACCEL', label: 'ACCEL', source: 'CRUISE 0x1D2', origin: 'signal', bus: 0 },
        ...{ rateHz: expect.closeTo(3.75, 6) as number, unit: 'm/s^2', kind: 'steps', labels: [] },
      },
      ...{ samples: 7, minimum: 0, mean: 3, maximum: 6 },
      seconds: [0, 0.1, 0.2, 0.3, 0.4, expect.closeTo(0.4 + 0.5 / 3, 9), 1.5, 1.6],
      values: [0, 1, 2, 3, 4, NaN, 5, 6],
    });
  });

  it('gives fields, and ends the line of one that an event lacks', async () => {
    expect(await drawOne(await lookAt(makeDrive(), options), 'pandaStates[1].voltage')).toMatchObject({
      info: { source: 'pandaStates', origin: 'field', bus: null, unit: 'mV' },
      ...{ samples: 6, minimum: 12_100, maximum: 12_106 },
      values: [12_100, 12_101, 12_102, NaN, 12_104, NaN, 12_105, 12_106],
    });
  });

  it.each([
    [
      '0:0x1D2:STATE',
      'enum',
      [
        { value: 0, label: 'off' },
        { value: 8, label: 'on, really' },
      ],
    ],
    ['0:0x1D2:GAS', 'boolean', []],
    ['0:0x1D2:LEVEL', 'steps', []],
    ['carState.vEgo', 'number', []],
    ['carState.brakePressed', 'boolean', []],
  ])('draws %s as %s', async (key, kind, labels) => {
    expect(await drawOne(await lookAt(makeDrive(), options), key)).toMatchObject({ info: { kind, labels } });
  });

  it('names the values of enums', async () => {
    const drawn = await drawOne(await lookAt(makeDrive(), options), 'carState.gearShifter');
    expect(drawn).toMatchObject({
      info: { kind: 'enum', labels: expect.arrayContaining([{ value: 1, label: 'park' }]) as unknown },
      // What repeats its neighbours is left out.
      values: [1, 1, 2, NaN, 2, 2],
    });
  });

  it('counts and measures the range alone, and draws to its edges', async () => {
    const looked = await lookAt(makeDrive(), options);
    const range = { fromSeconds: 0.15, toSeconds: 0.35, columns: 10 };
    const { series, silences } = await looked.ask('sessions/series', { ...range, keys: ['0:0x1D2:ACCEL'] });
    expect(series).toMatchObject([{ samples: 2, minimum: 2, mean: 2.5, maximum: 3 }]);
    expect([...readDoubles(series[0]?.seconds ?? { base64: '' })]).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(silences).toEqual([]);
  });

  it('tells when a bus was silent', async () => {
    const looked = await lookAt(makeDrive(), options);
    const signals = await looked.ask('sessions/series', { ...whole, keys: ['0:0x1D2:ACCEL'] });
    expect(signals.silences).toEqual([{ bus: 0, from: 0.4, to: 1.5 }]);
    const fields = await looked.ask('sessions/series', { ...whole, keys: ['carState.vEgo'] });
    expect(fields.silences).toEqual([{ bus: null, from: 0.4, to: 1.5 }]);
  });

  it.each([
    '0:0x1D2:NOTHING',
    '1:0x005:ACCEL',
    '0:0x1D3:ACCEL',
    'carState.nothing',
    'carControl.enabled',
    'logMonoTime',
    '__proto__',
    '0:0xFFFFFFFF:x',
    'carState.vEgo[',
  ])('says that nothing answers to %s', async (key) => {
    const looked = await lookAt(makeDrive(), options);
    expect(await looked.ask('sessions/series', { ...whole, keys: [key] })).toMatchObject({
      unknown: [key],
      series: [],
    });
    expect((await looked.ask('sessions/values', { keys: [key], atSeconds: 1 })).values).toEqual([
      { key, seconds: null, value: null, label: null },
    ]);
  });

  it('keeps its blocks below a mebibyte', async () => {
    const events = Array.from({ length: 20_000 }, (_, i) => ({
      logMonoTime: BigInt(i) * 1_000_000n,
      service: 'carState',
      value: { vEgo: Math.sin(i) },
    }));
    const looked = await lookAt(makeLog(events));
    const { series } = await looked.ask('sessions/series', {
      ...{
        keys: Array.from({ length: 60 }, () => 'carState.vEgo'),
        fromSeconds: 0,
        toSeconds: 20,
        columns: 8000,
      },
    });
    const bytes = series.flatMap(({ seconds, values }) =>
      [seconds, values].map((block) => readDoubles(block).length * 8),
    );
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1024 * 1024);
    expect(series.length).toBe(60);
  });
});

describe('sessions/findSeries', () => {
  it('finds signals first, then fields, the best match first', async () => {
    const looked = await lookAt(makeDrive(), options);
    const { series, matches } = await looked.ask('sessions/findSeries', { text: 'ACCEL' });
    expect(series[0]).toMatchObject({ key: '0:0x1D2:ACCEL', origin: 'signal' });
    expect(matches).toBe(series.length);
  });

  it.each([
    ['cruise state', ['0:0x1D2:STATE']],
    ['0x1d2 gas', ['0:0x1D2:GAS']],
    ['pandastates voltage', ['pandaStates[0].voltage', 'pandaStates[1].voltage']],
    ['carstate.vegoc', ['carState.vEgoCluster']],
    ['no such thing', []],
  ])('finds %j', async (text, found) => {
    const looked = await lookAt(makeDrive(), options);
    const { series, matches } = await looked.ask('sessions/findSeries', { text });
    expect(series.map(({ key }) => key)).toEqual(
      found.length < series.length ? expect.arrayContaining(found) : found,
    );
    expect(series.slice(0, found.length).map(({ key }) => key)).toEqual(found);
    expect(matches).toBeGreaterThanOrEqual(found.length);
  });

  it('lists only what the log has, and as much as is asked for', async () => {
    const looked = await lookAt(makeDrive(), options);
    const some = await looked.ask('sessions/findSeries', { text: '', limit: 3 });
    expect(some.series.map(({ key }) => key)).toEqual(['0:0x1D2:STATE', '0:0x1D2:GAS', '0:0x1D2:ACCEL']);
    expect(some.matches).toBe(some.all);
    const all = await looked.ask('sessions/findSeries', { text: '', limit: 500 });
    const sources = new Set(all.series.map(({ source }) => source));
    expect(sources).toEqual(new Set(['CRUISE 0x1D2', 'carState', 'pandaStates']));
    for (const { key } of all.series) expect(key).not.toMatch(/canErrs|\[2\]/);
  });

  it('finds what can be drawn', async () => {
    const looked = await lookAt(makeDrive(), options);
    const { series } = await looked.ask('sessions/findSeries', { text: '', limit: 500 });
    const found = series.map(({ key }) => key);
    for (let i = 0; i < found.length; i += 60) {
      const { unknown } = await looked.ask('sessions/series', { ...whole, keys: found.slice(i, i + 60) });
      expect(unknown).toEqual([]);
    }
  });
});

describe('sessions/values', () => {
  it.each([
    { atSeconds: 0.25, step: 0, at: 0.25, values: [2, 0, 2.1, 1, 12_102] },
    { atSeconds: 0.25, step: 1, at: 0.3, values: [3, 8, 2.1, 1, 12_102] },
    { atSeconds: 0.3, step: 1, at: 0.301, values: [3, 8, 3.1, 1, 12_102] },
    { atSeconds: 0.25, step: -1, at: 0.202, values: [2, 0, 2.1, 1, 12_102] },
    { atSeconds: 0.305, step: 0, at: 0.305, values: [3, 8, 3.1, 1, null] },
    { atSeconds: 1, step: 0, at: 1, values: [null, null, null, null, null] },
    { atSeconds: -1, step: -1, at: -1, values: [null, null, null, null, null] },
    { atSeconds: -1, step: 1, at: 0, values: [0, 0, null, null, null] },
  ])('at $atSeconds s, step $step', async ({ atSeconds, step, at, values }) => {
    const told = await (await lookAt(makeDrive(), options)).ask('sessions/values', { keys, atSeconds, step });
    expect(told.atSeconds).toBeCloseTo(at, 9);
    const rounded = told.values.map(({ value }) => (value === null ? null : Math.round(value * 10) / 10));
    expect(rounded).toEqual(values);
  });

  it('names values', async () => {
    const told = await (await lookAt(makeDrive(), options)).ask('sessions/values', { keys, atSeconds: 0.45 });
    expect(told.values.map(({ label }) => label)).toEqual([null, 'on, really', null, 'drive', null]);
  });
});

describe('sessions/samples', () => {
  it('writes lines of CSV by time', async () => {
    const looked = await lookAt(makeDrive(), options);
    const span = { fromSeconds: 0.25, toSeconds: 0.32, from: 0, count: 100 };
    const { total, lines } = await looked.ask('sessions/samples', { ...span, keys });
    expect(lines).toEqual([
      '0.300000000,0:0x1D2:ACCEL,3,',
      '0.300000000,0:0x1D2:STATE,8,"on, really"',
      '0.301000000,carState.vEgo,3.1,',
      '0.301000000,carState.gearShifter,1,park',
    ]);
    expect(total).toBe(4);
  });

  it('gives the same lines in whatever windows', async () => {
    const looked = await lookAt(makeDrive(), options);
    const asked = { keys, fromSeconds: 0, toSeconds: 5 };
    const all = await looked.ask('sessions/samples', { ...asked, from: 0, count: 20_000 });
    expect(all.lines.length).toBe(all.total);
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 10 }), async (from, count) => {
        const some = await looked.ask('sessions/samples', { ...asked, from, count });
        expect(some).toMatchObject({ from, total: all.total, lines: all.lines.slice(from, from + count) });
      }),
    );
  });
});
