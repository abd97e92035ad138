import type { SeriesInfo, SeriesPointsParams } from '#protocol';
import type { Block } from '../../webviews/shared/blocks.ts';
import type { Answer } from '../../webviews/shared/host/page-host.ts';
import { HOSTILE_NAMES } from './fake-can-log.ts';
import { FAKE_SECONDS } from './fake-log.ts';
import type { FakeAnswers } from './fake-page-host.ts';

/** When the buses of the fake log sent nothing. */
const SILENCE = { from: 35.5, to: 37.01 };

/** Makes a series as the engine describes it. */
export function makeSeries(facts: Partial<SeriesInfo> & Pick<SeriesInfo, 'key'>): SeriesInfo {
  const service = facts.key.split('.')[0] ?? '';
  return {
    ...{
      label: facts.key,
      source: service,
      origin: 'field',
      bus: null,
      rateHz: 100,
      unit: '',
      kind: 'number',
    },
    ...{ labels: [], ...facts },
  };
}

/** Makes a signal of a message of bus 0. */
export function makeSignalSeries(label: string, facts: Partial<SeriesInfo> = {}): SeriesInfo {
  return makeSeries({
    ...{ key: `0:0x260:${label}`, label, source: 'STEER_TORQUE_SENSOR 0x260', origin: 'signal', bus: 0 },
    ...facts,
  });
}

const STATES = ['disabled', 'preEnabled', 'enabled'].map((label, value) => ({ value, label }));

/** What the fake log can plot. */
const SERIES: readonly SeriesInfo[] = [
  makeSignalSeries('STEER_TORQUE_DRIVER'),
  makeSignalSeries('STEER_TORQUE_EPS'),
  makeSignalSeries('ACCEL_NET', {
    key: '0:0x1D2:ACCEL_NET',
    source: 'PCM_CRUISE 0x1D2',
    unit: 'm/s^2',
    rateHz: 33,
  }),
  makeSignalSeries('CRUISE_STATE', {
    ...{ key: '0:0x1D2:CRUISE_STATE', source: 'PCM_CRUISE 0x1D2', kind: 'enum' },
    labels: [
      { value: 0, label: 'off' },
      { value: 1, label: 'adaptive_engaged' },
    ],
  }),
  makeSeries({ key: 'carState.vEgo', unit: 'm/s' }),
  makeSeries({ key: 'carState.cruiseState.speed', unit: 'm/s', kind: 'steps' }),
  makeSeries({ key: 'carState.aEgo', unit: 'm/s²' }),
  makeSeries({ key: 'carState.steeringAngleDeg', unit: 'deg' }),
  makeSeries({ key: 'carState.steeringPressed', kind: 'boolean' }),
  makeSeries({ key: 'selfdriveState.state', kind: 'enum', labels: STATES }),
];

/** Series whose names, units and texts mean ill. */
const HOSTILE_SERIES: readonly SeriesInfo[] = [
  ...HOSTILE_NAMES.map((name, place) =>
    makeSignalSeries(name, { key: `0:0x${place}:X`, source: `${name} 0x1`, unit: name, rateHz: null }),
  ),
  makeSeries({
    ...{ key: 'carState.vEgo', label: HOSTILE_NAMES[0], kind: 'enum' },
    labels: HOSTILE_NAMES.map((label, value) => ({ value, label })),
  }),
];

/** Logs by what is special about them. */
export type FakeSeriesLog = 'usual' | 'hostile' | 'bare';

/** Answers about the series of a log. */
export function makeSeriesAnswers(log: FakeSeriesLog = 'usual'): FakeAnswers {
  const all = { usual: SERIES, hostile: HOSTILE_SERIES, bare: [makeSeries({ key: 'clocks.wallTimeNanos' })] }[
    log
  ];
  const find = (keys: readonly string[]): readonly SeriesInfo[] =>
    keys.flatMap((key) => all.find((info) => info.key === key) ?? []);
  return {
    'sessions/findSeries': ({ text }) => {
      const series = all.filter(({ key, label }) =>
        `${label} ${key}`.toLowerCase().includes(text.toLowerCase()),
      );
      return { revision: 3, all: 645, matches: series.length, series };
    },
    'sessions/series': (params) => ({
      ...{ revision: 3, series: find(params.keys).map((info) => drawSeries(info, params)) },
      unknown: params.keys.filter((key) => !all.some((info) => info.key === key)),
      silences: find(params.keys).some(({ bus }) => bus === 0) ? [{ bus: 0, ...SILENCE }] : [],
    }),
    'sessions/values': ({ keys, atSeconds, step = 0 }) => ({
      ...{ revision: 3, atSeconds: atSeconds + step * 0.25 },
      values: keys.map((key) => {
        const [info] = find([key]);
        const value = info === undefined ? null : findValue(info, atSeconds);
        const label = info?.labels.find((each) => each.value === value)?.label ?? null;
        return { key, seconds: atSeconds, value, label };
      }),
    }),
    'sessions/samples': ({ keys, from, count }) => {
      const total = 450;
      const lines = Array.from({ length: Math.min(count, total - from) }, (_, place) => {
        const key = keys[(from + place) % keys.length] ?? '';
        return `${((from + place) / 100).toFixed(9)},${key.includes(',') ? `"${key}"` : key},${from + place},`;
      });
      return { revision: 3, total, from, lines };
    },
    'sessions/databases': () => ({
      ...{ revision: 3, candidates: [], fingerprint: null },
      buses: [],
    }),
  };
}

function findValue({ kind }: SeriesInfo, seconds: number): number {
  if (kind === 'boolean') return Math.floor(seconds / 7) % 2;
  if (kind === 'enum') return seconds < 20 ? 0 : 1;
  if (kind === 'steps') return Math.floor(seconds / 10);
  return 10 * Math.sin(seconds / 3);
}

function drawSeries(
  info: SeriesInfo,
  { fromSeconds, toSeconds, columns }: SeriesPointsParams,
): Answer<'sessions/series'>['series'][number] {
  const count = Math.max(2, Math.min(columns, 1000));
  const step = (toSeconds - fromSeconds) / (count - 1);
  const seconds = Float64Array.from({ length: count }, (_, place) => fromSeconds + place * step);
  const isSilent = (at: number): boolean => info.bus !== null && at > SILENCE.from && at < SILENCE.to;
  const values = seconds.map((at) => (isSilent(at) || at > FAKE_SECONDS ? Number.NaN : findValue(info, at)));
  const known = values.filter((value) => !Number.isNaN(value));
  return {
    ...{ info, samples: count, minimum: Math.min(...known), maximum: Math.max(...known) },
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    seconds: toBlock(seconds),
    values: toBlock(values),
  };
}

function toBlock(numbers: Float64Array<ArrayBuffer>): Block {
  return { bytes: numbers.buffer };
}
