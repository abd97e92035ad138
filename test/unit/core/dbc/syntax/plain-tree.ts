import type { SyntaxTree } from '../../../../../server/core/dbc/syntax/syntax-tree.ts';

/** How a statement was made or read: not part of what it says. */
const HIDDEN = new Set(['source', 'parts', 'reach', 'isUsual', 'constructor', 'writtenText']);

/** A tree as plain objects, with all that its getters give, so that two can be compared. */
export function describeTree({ text, statements, lineStarts }: SyntaxTree): unknown {
  return { text, statements: statements.map(describeValue), lineStarts: [...lineStarts] };
}

/** An object as plain one, its getters included. */
export function describeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(describeValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    listNames(value).map((name) => [name, describeValue((value as Record<string, unknown>)[name])]),
  );
}

function listNames(value: object): string[] {
  const names = new Set(Object.keys(value));
  for (let at: unknown = Object.getPrototypeOf(value); isClass(at); at = Object.getPrototypeOf(at)) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if ('get' in descriptor) names.add(name);
    }
  }
  return [...names].filter((name) => !HIDDEN.has(name)).sort();
}

function isClass(value: unknown): value is object {
  return value !== null && value !== Object.prototype && value !== Array.prototype;
}
