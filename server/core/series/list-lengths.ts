import type { FieldVisitor, WalkedField } from '../schema/event-walk.ts';

/** Elements of a list that are looked into for the lists in them. */
const MOST_ELEMENTS = 64;

/**
 * Gathers, while events of a service are walked, how long the lists in them get. Lists are named as `listNumericFields`
 * names them: from the service on, elements around them by `[0]`.
 */
export class ListLengths implements FieldVisitor {
  readonly lengths = new Map<string, number>();
  readonly #paths: string[] = [];

  /** @param service As its fields are named. */
  constructor(service: string) {
    this.#paths.push(service);
  }

  /** Returns whether what is below may hold lists. */
  visit({ name, depth, isElement, type, state, length }: WalkedField): boolean {
    const parent = this.#paths[depth] ?? '';
    const path = isElement ? `${parent}[0]` : name === '' ? parent : `${parent}.${name}`;
    this.#paths[depth + 1] = path;
    if (state !== 'set') return false;
    if (type.element === undefined) return isBelow(name, isElement);
    this.lengths.set(path, Math.max(length, this.lengths.get(path) ?? 0));
    return type.element.element !== undefined || type.element.kind === 'struct';
  }
}

function isBelow(name: string, isElement: boolean): boolean {
  return !isElement || Number(name.slice(1, -1)) < MOST_ELEMENTS;
}

/** Most elements of one list that are offered, and most paths that one path stands for. */
const MOST_OFFERED = 64;
const MOST_PATHS = 1024;

/**
 * Writes a path of `listNumericFields` for every element that occurs: `pandaStates[0].voltage` for each panda. None where
 * a list on the way never has one.
 */
export function expandPath(path: string, lengths: ReadonlyMap<string, number>): readonly string[] {
  let expanded = [''];
  let pattern = '';
  for (const part of path.split(/(?<=\[)0(?=\])/)) {
    const isLast = pattern.length + part.length === path.length;
    pattern += part;
    expanded = expanded.map((prefix) => prefix + part);
    if (isLast) return expanded;
    const count = Math.min(lengths.get(pattern.slice(0, -1)) ?? 0, MOST_OFFERED);
    expanded = expanded.flatMap((prefix) => Array.from({ length: count }, (_, i) => `${prefix}${i}`));
    expanded = expanded.slice(0, MOST_PATHS);
    pattern += '0';
  }
  return expanded;
}
