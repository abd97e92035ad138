import { MOST_REMEMBERED_CHARACTERS } from '#pages';

/** Where something small is kept. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

const KEY = 'cts.pages';
/** Of as many pages the state is kept. */
const MOST_PAGES = 40;

type Entry = readonly [key: string, state: string];

/** What pages remembered, for the next time that they are opened in this workspace. */
export class PageMemory {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** As the page told it; null where it never did. */
  read(key: string): string | null {
    return this.#list().find(([name]) => name === key)?.[1] ?? null;
  }

  write(key: string, state: string): void {
    if (state.length > MOST_REMEMBERED_CHARACTERS) return;
    const others = this.#list().filter(([name]) => name !== key);
    void this.#memory.update(KEY, [[key, state], ...others].slice(0, MOST_PAGES));
  }

  #list(): readonly Entry[] {
    const stored = this.#memory.get(KEY);
    return Array.isArray(stored) ? stored.filter(isEntry) : [];
  }
}

function isEntry(value: unknown): value is Entry {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}
