import type { Run, RunPage, RunsChanged } from '#protocol';

/** Which runs are shown. Empty: all. */
export interface RunFilter {
  readonly states: readonly Run['state'][];
  readonly toolId?: string | undefined;
}

/** What is asked for one page of runs. */
export type AskRuns = (cursor: string | undefined, filter: RunFilter) => Promise<RunPage>;

/**
 * The runs as they are known here: some pages, newest first, kept up to date by what is told. Thousands of older ones
 * stay where they are until somebody looks.
 */
export class RunList {
  readonly #ask: AskRuns;
  readonly #runs = new Map<string, Run>();
  #filter: RunFilter = { states: [] };
  #cursor: string | undefined;
  #total = 0;
  #isComplete = false;
  #loading: Promise<void> | undefined;

  constructor(ask: AskRuns) {
    this.#ask = ask;
  }

  get filter(): RunFilter {
    return this.#filter;
  }

  /** Runs that match but are not here. */
  get hidden(): number {
    return this.#isComplete ? 0 : Math.max(0, this.#total - this.#runs.size);
  }

  get isLoaded(): boolean {
    return this.#isComplete || this.#cursor !== undefined;
  }

  get(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Newest first. */
  list(): readonly Run[] {
    return [...this.#runs.values()].sort(compareRuns);
  }

  /** Forgets all, and loads the first page when it is asked for. */
  clear(filter: RunFilter = this.#filter): void {
    this.#filter = filter;
    this.#runs.clear();
    this.#cursor = undefined;
    this.#isComplete = false;
    this.#total = 0;
    this.#loading = undefined;
  }

  /** Loads the next page; a second call while one is loading waits for the same. @throws {CtsError} */
  loadMore(): Promise<void> {
    if (this.#isComplete) return Promise.resolve();
    const loading = (this.#loading ?? this.#load()).finally(() => {
      if (this.#loading === loading) this.#loading = undefined;
    });
    this.#loading = loading;
    return loading;
  }

  async #load(): Promise<void> {
    const filter = this.#filter;
    const page = await this.#ask(this.#cursor, filter);
    // Meanwhile, something else was wished.
    if (filter !== this.#filter) return;
    for (const run of page.runs) this.#runs.set(run.id, newer(this.#runs.get(run.id), run));
    this.#total = page.total;
    this.#cursor = page.nextCursor ?? undefined;
    this.#isComplete = page.nextCursor === null;
  }

  /**
   * Takes what was told.
   *
   * @returns Whether the order or the number of runs changed, and which runs changed in themselves.
   */
  apply({ runs, removed }: RunsChanged): { readonly isReordered: boolean; readonly changed: readonly Run[] } {
    let isReordered = false;
    const changed: Run[] = [];
    for (const id of removed) isReordered = this.#drop(id) || isReordered;
    for (const run of runs) {
      const known = this.#runs.get(run.id);
      if (!this.#matches(run)) {
        isReordered = this.#drop(run.id) || isReordered;
        continue;
      }
      if (known === undefined) this.#total++;
      if (known === undefined || isActive(known) !== isActive(run)) isReordered = true;
      this.#runs.set(run.id, run);
      changed.push(run);
    }
    return { isReordered, changed };
  }

  /** @returns Whether the run was here. */
  #drop(id: string): boolean {
    const wasHere = this.#runs.delete(id);
    if (wasHere) this.#total--;
    return wasHere;
  }

  #matches(run: Run): boolean {
    const { states, toolId } = this.#filter;
    return (
      (states.length === 0 || states.includes(run.state)) && (toolId === undefined || run.toolId === toolId)
    );
  }
}

/** Whether a run is not over. */
export function isActive({ state }: Pick<Run, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** Of the same run, what was told while a page was on its way: a run that ended never changes again. */
function newer(known: Run | undefined, read: Run): Run {
  return known !== undefined && !isActive(known) ? known : read;
}

function compareRuns(a: Run, b: Run): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
