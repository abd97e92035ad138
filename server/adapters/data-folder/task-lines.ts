/** Lets tasks of the same name run one after the other, in the order in which they came. */
export class TaskLines {
  readonly #last = new Map<string, Promise<unknown>>();

  add<Result>(name: string, task: () => Promise<Result>): Promise<Result> {
    const result = (this.#last.get(name) ?? Promise.resolve()).then(task);
    const settled = result
      .catch(() => undefined)
      .then(() => {
        if (this.#last.get(name) === settled) this.#last.delete(name);
      });
    this.#last.set(name, settled);
    return result;
  }
}
