import type { DbcSignalInfo } from '#protocol';

/** Pictures that are drawn of one message. */
const MOST_BRANCHES = 16;
/** Signals above one another that are told; hostile files have thousands. */
const MOST_LEVELS = 16;

/** Signals that are in a frame together. */
export interface SignalBranch {
  /** `MODE = 1`; undefined for a message without multiplexing. */
  readonly name: string | undefined;
  readonly signals: readonly DbcSignalInfo[];
}

/** Branches of a message, and how many more there are. */
export interface SignalBranches {
  readonly branches: readonly SignalBranch[];
  readonly omitted: number;
}

/** Sorts the signals of a message by the value that selects them; signals that are always there are in each branch. */
export function listBranches(signals: readonly DbcSignalInfo[]): SignalBranches {
  const byName = new Map(signals.map((signal) => [signal.name, signal]));
  const members = new Map<string, DbcSignalInfo[]>();
  for (const signal of signals) {
    const path = namePath(signal, byName);
    if (path === undefined) continue;
    const own = members.get(path);
    if (own === undefined) members.set(path, [signal]);
    else own.push(signal);
  }
  const always = signals.filter(({ multiplexing }) => (multiplexing?.parent ?? null) === null);
  if (members.size === 0) return { branches: [{ name: undefined, signals }], omitted: 0 };
  const branches = [...members].slice(0, MOST_BRANCHES).map(([name, own]) => ({
    name,
    signals: [...always, ...listAncestors(own[0], byName), ...own],
  }));
  return { branches, omitted: members.size - branches.length };
}

/** `MODE = 1, PAGE = 2`: what must hold for a signal to be there; undefined where it always is. */
function namePath(signal: DbcSignalInfo, byName: ReadonlyMap<string, DbcSignalInfo>): string | undefined {
  const own = nameSelection(signal);
  if (own === undefined) return undefined;
  const above = listAncestors(signal, byName).map(nameSelection);
  return [...above.reverse(), own].filter((part) => part !== undefined).join(', ');
}

/** `MODE = 1`, `MODE = 1, 3-5`; undefined for a signal that is always there. */
export function nameSelection({ multiplexing }: DbcSignalInfo): string | undefined {
  if (multiplexing?.parent === undefined || multiplexing.parent === null) return undefined;
  const ranges = multiplexing.ranges.map(({ first, last }) =>
    first === last ? String(first) : `${String(first)}-${String(last)}`,
  );
  return `${multiplexing.parent} = ${ranges.length === 0 ? 'nothing' : ranges.join(', ')}`;
}

/** Multiplexed signals that select a signal, from its parent upwards, the nearest only where there are very many. */
function listAncestors(
  signal: DbcSignalInfo | undefined,
  byName: ReadonlyMap<string, DbcSignalInfo>,
): DbcSignalInfo[] {
  const found: DbcSignalInfo[] = [];
  let parent = byName.get(signal?.multiplexing?.parent ?? '');
  while (
    parent !== undefined &&
    (parent.multiplexing?.parent ?? null) !== null &&
    found.length < MOST_LEVELS &&
    !found.includes(parent)
  ) {
    found.push(parent);
    parent = byName.get(parent.multiplexing?.parent ?? '');
  }
  return found;
}
