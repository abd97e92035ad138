import type { Problem, ProblemCode } from '#protocol';

/** Problems of one code that are told one by one; the rest are only counted. */
const TOLD_PER_CODE = 20;

/** Collects problems in bounded memory, however many a hostile log has. */
export class ProblemLog {
  readonly #told: Problem[] = [];
  readonly #counts = new Map<ProblemCode, number>();

  /** @param describe Called at once, and only for problems that are told one by one. */
  add(code: ProblemCode, describe: () => Omit<Problem, 'code'>): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= TOLD_PER_CODE) this.#told.push({ code, ...describe() });
  }

  /** The problems in the order they were found, then one line for each code that had more than were told. */
  list(): readonly Problem[] {
    const rest: Problem[] = [];
    for (const [code, count] of this.#counts) {
      const untold = count - TOLD_PER_CODE;
      if (untold > 0) rest.push({ code, count: untold, message: `${String(untold)} more of the same kind` });
    }
    return [...this.#told, ...rest];
  }
}
