import type { CaseOutcome } from './rlog-target.ts';

/** Counts what became of cases. */
export class OutcomeTally {
  cases = 0;
  findings = 0;
  events = 0;
  /** Cases without any problem. */
  whole = 0;
  readonly containers = new Map<string, number>();
  readonly problems = new Map<string, number>();
  /** Cases that were slow or large only together with others. */
  readonly retries = new Map<string, number>();
  readonly #start = performance.now();

  add({ container, problems, events }: CaseOutcome): void {
    this.cases++;
    this.events += events;
    if (problems.length === 0 && events > 0) this.whole++;
    count(this.containers, container);
    for (const code of problems) count(this.problems, code);
  }

  addFinding(): void {
    this.cases++;
    this.findings++;
  }

  addRetry(kind: string): void {
    this.cases++;
    count(this.retries, kind);
  }

  get casesPerSecond(): number {
    return this.cases / ((performance.now() - this.#start) / 1000);
  }

  /** What became of how many cases, a line for each kind of outcome. */
  render(): string {
    const lines = [
      ...renderCounts('container', this.containers),
      ...renderCounts('problem', this.problems),
      ...renderCounts('retried alone', this.retries),
      `  whole                                ${pad(this.whole)}`,
    ];
    return lines.join('\n');
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function renderCounts(title: string, counts: ReadonlyMap<string, number>): string[] {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([key, value]) => `  ${`${title} ${key}`.padEnd(36)} ${pad(value)}`);
}

function pad(value: number): string {
  return String(value).padStart(8);
}
