/** Hears of runs that are new or have changed, and of runs that are gone. */
export interface RunChangeListener {
  readonly onChanged: (runId: string) => void;
  readonly onRemoved: (runId: string) => void;
}

/** Passes on what becomes of runs, to whoever watches them. Telling costs next to nothing: nobody is waited for. */
export class RunChanges {
  readonly #listeners = new Set<RunChangeListener>();

  /** Says that a run is new or is no longer what it was. */
  tellChanged(runId: string): void {
    for (const { onChanged } of this.#listeners) onChanged(runId);
  }

  /** Says that runs are gone. */
  tellRemoved(runIds: readonly string[]): void {
    for (const { onRemoved } of this.#listeners) for (const runId of runIds) onRemoved(runId);
  }

  /** Listens until the returned function is called. */
  listen(listener: RunChangeListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
