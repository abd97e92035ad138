import type { MessageRow } from '#protocol';
import {
  type FilterTerm,
  passes,
  readBytesTerm,
  readIdTerm,
  readNumberTerm,
  readTextTerm,
} from '../../shared/filter-terms.ts';

/** Columns that have a filter. */
export const FILTER_COLUMNS = ['bus', 'id', 'name', 'frames', 'rate', 'data', 'changes'] as const;

/** Name of a column that has a filter. */
export type FilterColumn = (typeof FILTER_COLUMNS)[number];

/** What stands in the filter row, and which buses and messages are shown besides. */
export interface MessageFilters {
  readonly texts: Readonly<Record<FilterColumn, string>>;
  /** One bus, as logged; null: all. */
  readonly bus: number | null;
  readonly isNamedOnly: boolean;
}

/** Everything. */
export const ALL_MESSAGES: MessageFilters = {
  texts: { bus: '', id: '', name: '', frames: '', rate: '', data: '', changes: '' },
  bus: null,
  isNamedOnly: false,
};

/** A message and the payload that it has at the cursor. */
export interface FilteredMessage {
  readonly message: MessageRow;
  readonly bytes: Uint8Array;
}

/** Whether a message passes all filters. */
export type MessageTest = (candidate: FilteredMessage) => boolean;

/** Makes the test of the filters; what is not understood lets everything pass. */
export function compileFilters({ texts, bus, isNamedOnly }: MessageFilters): MessageTest {
  const busTerm = readBusTerm(texts.bus);
  const id = readIdTerm(texts.id);
  const name = readTextTerm(texts.name);
  const frames = readNumberTerm(texts.frames);
  const rate = readNumberTerm(texts.rate);
  const data = readBytesTerm(texts.data);
  const changes = readNumberTerm(texts.changes);
  return ({ message, bytes }) =>
    (bus === null || message.bus === bus) &&
    (!isNamedOnly || message.name !== null) &&
    passes(busTerm, message.bus) &&
    passes(id, message.arbitrationId) &&
    passes(name, `${message.name ?? ''} ${message.node ?? ''}`) &&
    passes(frames, message.frames) &&
    passes(rate, message.rateHz ?? 0) &&
    passes(data, bytes) &&
    passes(changes, message.changedShare * 100);
}

/** Why the text of a filter is not understood; null where it is. */
export function findFilterProblem(column: FilterColumn, text: string): string | null {
  const readers: Readonly<Record<FilterColumn, (text: string) => FilterTerm<never>>> = {
    bus: readBusTerm,
    id: readIdTerm,
    name: readTextTerm,
    frames: readNumberTerm,
    rate: readNumberTerm,
    data: readBytesTerm,
    changes: readNumberTerm,
  };
  const term = readers[column](text);
  return term.kind === 'unclear' ? term.problem : null;
}

/** Whether a filter looks at the payloads, which change with the cursor. */
export function dependsOnPayload({ texts }: MessageFilters): boolean {
  return texts.data.trim() !== '';
}

/** What the filters ask for, in words: "Bus 1, name “cruise”, at least 50 Hz". */
export function describeFilters({ texts, bus, isNamedOnly }: MessageFilters): string {
  const parts = [
    ...(bus === null ? [] : [nameBus(bus)]),
    ...(isNamedOnly ? ['only messages in a DBC'] : []),
    ...(texts.bus === '' ? [] : [`bus ${texts.bus}`]),
    ...(texts.id === '' ? [] : [`id ${texts.id}`]),
    ...(texts.name === '' ? [] : [`name “${texts.name}”`]),
    ...(texts.frames === '' ? [] : [`${describeNumber(texts.frames)} frames`]),
    ...(texts.rate === '' ? [] : [`${describeNumber(texts.rate)} Hz`]),
    ...(texts.data === '' ? [] : [`bytes ${texts.data}`]),
    ...(texts.changes === '' ? [] : [`changes ${texts.changes} %`]),
  ];
  const words = parts.join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Reads filters that were remembered; whatever they are, filters come back. */
export function readFilters(remembered: unknown): MessageFilters {
  if (typeof remembered !== 'object' || remembered === null) return ALL_MESSAGES;
  const { texts, bus, isNamedOnly } = remembered as Readonly<Record<string, unknown>>;
  const known =
    typeof texts === 'object' && texts !== null ? (texts as Readonly<Record<string, unknown>>) : {};
  const entries = FILTER_COLUMNS.map((column) => {
    const text = known[column];
    return [column, typeof text === 'string' ? text.slice(0, 200) : ''] as const;
  });
  return {
    texts: { ...ALL_MESSAGES.texts, ...Object.fromEntries(entries) },
    bus: typeof bus === 'number' ? bus : null,
    isNamedOnly: isNamedOnly === true,
  };
}

/** A bus as people call it: echoes of what openpilot sent are told apart by a word. */
export function nameBus(bus: number): string {
  if (bus >= 192) return `Bus ${String(bus - 192)} rejected`;
  return bus >= 128 ? `Bus ${String(bus - 128)} sent` : `Bus ${String(bus)}`;
}

/** `0`, `0 sent`, `sent`: what stands in the column of buses, or the number as logged. */
function readBusTerm(text: string): FilterTerm<number> {
  const match = /^\s*(\d{1,3})?\s*(sent|rejected)?\s*$/i.exec(text);
  if (text.trim() === '') return { kind: 'all' };
  if (match === null) return { kind: 'unclear', problem: `${text}: as 0, 0 sent or sent` };
  const [, number, word] = match;
  const offset = word === undefined ? 0 : word.toLowerCase() === 'sent' ? 128 : 192;
  if (number !== undefined) return { kind: 'test', matches: (bus) => bus === Number(number) + offset };
  return { kind: 'test', matches: (bus) => bus >= offset && bus < offset + 64 };
}

function describeNumber(text: string): string {
  return text
    .replace(/^(>=|≥)\s*/, 'at least ')
    .replace(/^>\s*/, 'more than ')
    .replace(/^(<=|≤)\s*/, 'at most ')
    .replace(/^<\s*/, 'less than ');
}
