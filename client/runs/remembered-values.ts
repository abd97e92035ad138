import type { ParameterValues } from '#protocol';

/** Where something small is kept. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'cts.values';
const MOST_CHARACTERS = 64 * 1024;

/** The values that a tool had the last time in this workspace. */
export function readValues(memory: Memory, toolId: string): ParameterValues {
  const all = readAll(memory);
  return Object.hasOwn(all, toolId) ? (all[toolId] ?? {}) : {};
}

/** Remembers values of a tool; what is no value, or too much, is left out. */
export async function storeValues(memory: Memory, toolId: string, values: object): Promise<void> {
  const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => isValue(value)));
  if (JSON.stringify(kept).length > MOST_CHARACTERS) return;
  await memory.update(KEY, Object.fromEntries([...Object.entries(readAll(memory)), [toolId, kept]]));
}

function readAll(memory: Memory): Readonly<Record<string, ParameterValues>> {
  const stored = memory.get(KEY);
  return typeof stored === 'object' && stored !== null ? (stored as Record<string, ParameterValues>) : {};
}

function isValue(value: unknown): boolean {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every(isValue))
  );
}
