import type { DbcSignalInfo, MessageRow, SessionDatabases } from '#protocol';
import type { Answer } from '../../webviews/shared/host/page-host.ts';
import { makeBlock } from './fake-log.ts';
import { failWith, type FakeAnswers } from './fake-page-host.ts';

/** Names that try to be something else. */
export const HOSTILE_NAMES = [
  '<img src=x onerror="document.title=\'hit\'">',
  '\u202Egnp.exe\u202C',
  '\u001B[31mred\u001B[0m',
  '__proto__',
  'LONG_'.repeat(2000),
] as const;

/** Frames of a message in the fake log. */
const FRAMES = 1890;
const PERIOD = 0.035;
const FIRST = 0.01;

/** What the fake frames are like. */
export interface FakeCanOptions {
  readonly messages?: readonly MessageRow[];
  readonly signals?: readonly DbcSignalInfo[];
  readonly databases?: Partial<SessionDatabases>;
  readonly stride?: number;
}

/** Makes a message of the table. */
export function makeMessage(changes: Partial<MessageRow> = {}): MessageRow {
  return {
    ...{ bus: 0, origin: 'received', carBus: 0, arbitrationId: 0x1d2, name: 'PCM_CRUISE', node: 'XXX' },
    ...{ frames: FRAMES, rateHz: 31.5, maxBytes: 8, changedShare: 0.84, signals: 3 },
    ...changes,
  };
}

/** Makes a signal of a database. */
export function makeSignal(changes: Partial<DbcSignalInfo> = {}): DbcSignalInfo {
  return {
    ...{ name: 'SPEED', startBit: 7, length: 16, byteOrder: 'big-endian', isSigned: false },
    ...{ valueType: 'integer', factor: 0.01, offset: 0, minimum: null, maximum: null, unit: 'km/h' },
    ...{ labels: [], comment: null, receivers: [], multiplexing: null, isDecodable: true, role: null },
    ...changes,
  };
}

/** The table of a car: messages on three buses, of which the last has no database. */
export function makeMessages(count = 175): readonly MessageRow[] {
  return Array.from({ length: count }, (_, place) => {
    const bus = place < count * 0.5 ? 0 : place < count * 0.8 ? 1 : 128;
    const name = bus === 0 && place % 3 !== 1 ? `MESSAGE_${String(place)}` : null;
    return makeMessage({
      ...{ bus, carBus: bus % 128, origin: bus === 128 ? 'sent' : 'received' },
      ...{ arbitrationId: 0x20 + place, name, node: place % 4 === 0 ? 'CGW' : 'XXX' },
      ...{ frames: 60 + place * 10, rateHz: 1 + (place % 80), changedShare: place % 5 === 4 ? 0 : 0.5 },
    });
  });
}

const SIGNALS = [
  makeSignal(),
  makeSignal({ ...{ name: 'CRUISE_ACTIVE', startBit: 21, length: 1, unit: '' }, valueType: 'integer' }),
  makeSignal({ ...{ name: 'ACCEL_NET', startBit: 39, unit: 'm/s^2', comment: 'Net acceleration' } }),
];

/** Answers to everything the tab of CAN asks. */
export function makeCanAnswers(options: FakeCanOptions = {}): FakeAnswers {
  const { messages = makeMessages(), signals = SIGNALS, stride = 8 } = options;
  let databases = makeDatabases(options.databases);
  return {
    'sessions/messages': () => ({
      ...{ revision: 1, frames: 135_468, decodedFrames: 89_000, messages },
      buses: databases.buses,
    }),
    'sessions/canAt': ({ atSeconds }) => makeSnapshot(messages, { atSeconds, stride }),
    'sessions/message': ({ bus, arbitrationId, sparklineColumns = 132 }) => {
      const message = messages.find((known) => known.bus === bus && known.arbitrationId === arbitrationId);
      if (message === undefined) throw failWith('MESSAGE_UNKNOWN', 'No such message.');
      return makeDetail(message, { signals, columns: sparklineColumns });
    },
    'sessions/frames': ({ from, count, condition = '' }) => makeFrames(from, { count, condition }),
    'sessions/findFrame': ({ atSeconds, step = 0 }) => {
      const place = Math.floor((atSeconds - FIRST + 1e-6) / PERIOD) + step;
      if (place < 0 || place >= FRAMES) return { row: -1, seconds: null };
      return { row: FRAMES - 1 - place, seconds: FIRST + place * PERIOD };
    },
    'sessions/databases': () => databases,
    'sessions/useDatabases': () => {
      const database = databases.buses[0]?.database ?? null;
      databases = { ...databases, buses: databases.buses.map((bus) => ({ ...bus, database })) };
      return databases;
    },
  };
}

/** Which databases are in use: bus 0 has one, bus 1 has none. */
function makeDatabases(changes: Partial<SessionDatabases> = {}): SessionDatabases {
  const coverage = {
    ...{ frames: 40_000, decodedFrames: 30_000, messages: 40, decodedMessages: 30 },
    ...{ otherSize: 0, checkedFrames: 20_000, wrongChecksums: 0 },
  };
  return {
    revision: 1,
    buses: [
      {
        ...{ bus: 0, coverage, advice: null },
        database: { name: 'toyota_new_mc_pt', path: '/dbc/toyota_new_mc_pt.dbc', source: 'fingerprint' },
      },
      { bus: 1, database: null, coverage, advice: null },
    ],
    candidates: [{ bus: 1, name: 'toyota_adas', path: '/dbc/toyota_adas.dbc', share: 0.97 }],
    fingerprint: 'TOYOTA_RAV4',
    ...changes,
  };
}

function makeSnapshot(
  messages: readonly MessageRow[],
  { atSeconds, stride }: { readonly atSeconds: number; readonly stride: number },
): Answer<'sessions/canAt'> {
  const count = messages.length;
  const sizes = Uint8Array.from(messages, ({ maxBytes }, row) => (row === 7 ? 255 : maxBytes));
  const payloads = new Uint8Array(count * stride);
  const changes = new Uint8Array(count * stride);
  const tick = Math.floor(atSeconds * 30);
  payloads.forEach((_, place) => {
    payloads[place] = place % 3 === 0 ? (tick * 7 + place * 31) & 255 : place & 255;
    if (place % 3 === 0) changes[place] = (1 + ((tick + place) % 3)) | ((place % 4) << 2);
  });
  return {
    ...{ revision: 1, stride, sizes: makeBlock(sizes), payloads: makeBlock(payloads) },
    ...{ changes: makeBlock(changes), times: makeBlock(new Float64Array(count).fill(atSeconds)) },
  };
}

function makeDetail(
  message: MessageRow,
  { signals, columns }: { readonly signals: readonly DbcSignalInfo[]; readonly columns: number },
): Answer<'sessions/message'> {
  const shown = message.name === null ? [] : signals;
  const toggles = Uint32Array.from({ length: message.maxBytes * 8 }, (_, bit) => (bit * bit * 13) % 1881);
  return {
    ...{ revision: 1, message, database: message.name === null ? null : 'toyota_new_mc_pt' },
    ...{ comment: null, sizeBytes: message.maxBytes, toggles: makeBlock(toggles) },
    signals: shown.map((signal, place) => ({
      signal,
      ...{ minimum: place === 1 ? null : -2.234, maximum: place === 1 ? null : 1.584, isConstant: false },
      ...{ value: place === 1 ? null : 0.075, raw: place === 1 ? null : '75', label: null },
      sparkline: makeBlock(makeWave(columns, place)),
    })),
    checksums: { checked: FRAMES, wrong: 0 },
    counters: null,
  };
}

/** A gap in the middle; all of the second is one. */
function makeWave(columns: number, place: number): Float32Array {
  return Float32Array.from({ length: columns * 2 }, (_, half) => {
    const column = half >> 1;
    if (place === 1 || (column > columns * 0.6 && column < columns * 0.65)) return NaN;
    return Math.sin(column / 9) + (half % 2) / 10;
  });
}

function makeFrames(
  from: number,
  { count, condition }: { readonly count: number; readonly condition: string },
): Answer<'sessions/frames'> {
  const isOdd = condition.includes('odd');
  const total = condition !== '' && !isOdd ? 12 : FRAMES;
  return {
    ...{ revision: 1, total, all: FRAMES },
    conditionProblem: isOdd ? '“odd” is no condition: write ACCEL_NET < 0' : null,
    rows: Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, row) => {
      const index = FRAMES - 1 - from - row;
      return {
        ...{ index, seconds: FIRST + index * PERIOD, deltaMs: index === 0 ? null : 35 },
        dataHex: `fd24004d0036${(index & 255).toString(16).padStart(2, '0')}ff`,
        changes: ['same', 'same', 'same', 'rising', 'same', 'same', 'falling', 'same'] as const,
        text: 'ACCEL_NET 0.075',
      };
    }),
  };
}
