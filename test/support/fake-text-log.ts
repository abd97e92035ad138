import type { EventField, EventFilter, EventRow, LogLine, LogLineFilter } from '#protocol';
import type { Answer } from '../../webviews/shared/host/page-host.ts';
import { HOSTILE_NAMES } from './fake-can-log.ts';
import type { FakeAnswers } from './fake-page-host.ts';

/** Events of the fake log: more than pages can be tall. */
export const FAKE_EVENTS = 100_000;
/** Lines of the fake log. */
export const FAKE_LINES = 2856;

const SECONDS = 66;
const SERVICES = ['can', 'carState', 'carControl', 'procLog', 'logMessage'] as const;

/** What the fake rows are like. */
export interface FakeTextOptions {
  /** Whether texts try to be something else. */
  readonly isHostile?: boolean;
  /** Whether a text filter is still at work. */
  readonly isSearching?: boolean;
  readonly events?: number;
  readonly lines?: number;
  /** How long an answer takes. */
  readonly delayMs?: number;
}

/** Answers to everything the tabs of events and of log text ask. */
export function makeTextAnswers(options: FakeTextOptions = {}): FakeAnswers {
  return { ...makeEventAnswers(options), ...makeLineAnswers(options) };
}

function makeEventAnswers(options: FakeTextOptions): FakeAnswers {
  const { events = FAKE_EVENTS, isSearching = false, delayMs = 0 } = options;
  const rowsOf = (filter: EventFilter): readonly number[] =>
    filter.text === 'nothing'
      ? []
      : Array.from({ length: events }, (_, index) => index).filter((index) => passesEvent(filter, index));
  return {
    'sessions/events': async ({ filter, from, count }) => {
      if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
      const rows = rowsOf(filter);
      return {
        ...{ revision: 1, total: rows.length, from },
        searchedSeconds: isSearching && filter.text !== undefined ? 12.3 : null,
        rows: rows.slice(from, from + count).map((index) => makeEvent(index, options)),
      };
    },
    'sessions/findEvent': ({ filter, atSeconds, index }) => {
      const rows = rowsOf(filter);
      if (index !== undefined) return { row: rows.indexOf(index) };
      const row = rows.findIndex((known) => secondsOf(known, events) > (atSeconds ?? 0));
      return { row: row < 0 ? rows.length : row };
    },
    'sessions/event': ({ index }) => makeTree(index, options),
  };
}

function passesEvent({ services, excluding }: EventFilter, index: number): boolean {
  const service = serviceOf(index);
  return services?.includes(service) !== false && excluding?.includes(service) !== true;
}

function serviceOf(index: number): string {
  return SERVICES[index % SERVICES.length] ?? 'can';
}

function secondsOf(index: number, events: number): number {
  return (index / events) * SECONDS;
}

function makeEvent(index: number, { isHostile = false, events = FAKE_EVENTS }: FakeTextOptions): EventRow {
  return {
    ...{ index, seconds: secondsOf(index, events), deltaMs: index === 0 ? null : 0.66 },
    service: serviceOf(index),
    content: isHostile ? (HOSTILE_NAMES[index % 5] ?? '') : `vEgo 18.${String(index)} · brake -1`,
    ...{ sizeBytes: 208, isReadable: index % 50 !== 49 },
  };
}

function makeTree(index: number, { isHostile = false, events = FAKE_EVENTS }: FakeTextOptions) {
  const service = serviceOf(index);
  const names = isHostile ? HOSTILE_NAMES : ['vEgo', 'aEgo', 'gasPressed', 'gearShifter'];
  const fields = [
    ...names.map((name, place) => makeField(`${service}.${name}`, { name, value: writeValue(place, name) })),
    makeField(`${service}.wheelSpeeds`, {
      name: 'wheelSpeeds',
      type: 'struct',
      hasChildren: true,
      value: '',
    }),
    makeField(`${service}.wheelSpeeds.fl`, { name: 'fl', depth: 1, change: 0.25, isPlottable: true }),
    makeField(`${service}.wheelSpeeds.fr`, { name: 'fr', depth: 1, change: -0.5, isPlottable: true }),
  ];
  return {
    ...{ index, seconds: secondsOf(index, events), monoTime: '46429500458808', service, sizeBytes: 208 },
    ...{ problem: null, fields, omittedFields: 0, json: '{"vEgo":18.8}' },
    previous: index >= SERVICES.length ? index - SERVICES.length : null,
    next: index + SERVICES.length < events ? index + SERVICES.length : null,
  } satisfies Answer<'sessions/event'>;
}

function writeValue(place: number, name: string): string {
  return name.length > 20 ? name : `-1.${String(place)}`;
}

function makeField(path: string, changes: Partial<EventField>): EventField {
  return {
    ...{ depth: 0, name: path, path, value: '18.8', type: 'Float32', hasChildren: false },
    ...{ change: null, isPlottable: false },
    ...changes,
  };
}

function makeLineAnswers(options: FakeTextOptions): FakeAnswers {
  const { lines = FAKE_LINES } = options;
  const all = Array.from({ length: lines }, (_, place) => makeLine(place, options));
  const rowsOf = ({ levels, sources, text }: LogLineFilter): readonly LogLine[] =>
    all.filter(
      (line) =>
        levels?.includes(line.level) !== false &&
        sources?.includes(line.source) !== false &&
        (text === undefined || line.text.includes(text)),
    );
  return {
    'sessions/logLines': ({ filter, from, count }) => {
      const rows = rowsOf(filter);
      return {
        ...{ revision: 1, total: rows.length, all: lines, from },
        byLevel: { debug: 0, info: lines, warning: 0, error: 0 },
        sources: ['logMessage', 'errorLogMessage', 'androidLog'].map((source) => ({
          source,
          lines: all.filter((line) => line.source === source).length,
        })),
        rows: rows.slice(from, from + count),
      };
    },
    'sessions/findLogLine': ({ filter, atSeconds, level }) => {
      const rows = rowsOf(filter);
      const row = rows.findIndex(
        (line) => line.seconds > atSeconds && (level === undefined || line.level === level),
      );
      return { row: row < 0 ? rows.length : row };
    },
  };
}

function makeLine(place: number, { isHostile = false, lines = FAKE_LINES }: FakeTextOptions): LogLine {
  const isError = place % 100 === 99;
  const source = isError ? 'errorLogMessage' : place % 3 === 0 ? 'logMessage' : 'androidLog';
  const text = `line ${String(place)} wifi ${place % 7 === 0 ? 'panda' : ''}`;
  return {
    ...{ index: place * 30, seconds: (place / lines) * SECONDS, source },
    level: isError ? 'error' : place % 40 === 39 ? 'warning' : place % 10 === 9 ? 'debug' : 'info',
    where: source === 'androidLog' ? 'kernel 2206' : isError ? '' : 'lab_17.py:199',
    text: isHostile ? (HOSTILE_NAMES[place % 5] ?? '').slice(0, 2000) : text,
    detail: isError ? `Traceback (most recent call last):\n  File "lab.py", line ${String(place)}` : null,
  };
}
