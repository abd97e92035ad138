import type { Artifact } from '#protocol';
import type {
  EndedRun,
  ExpectedRun,
  RunChange,
  RunRecord,
  RunSelection,
  RunStore,
} from '../../server/services/runs/run-store.ts';

/** Keeps runs in memory. What goes in and comes out is copied, as it is by a database. */
export class MemoryRunStore implements RunStore {
  /** While it is set, every method fails with it. */
  failure: Error | undefined;
  /** In the order in which they were added. */
  #runs: RunRecord[] = [];
  #artifacts: Artifact[] = [];

  async add(run: RunRecord): Promise<{ run: RunRecord; isNew: boolean }> {
    this.#failIfTold();
    const known = this.#runs.find(
      ({ idempotencyKey }) => idempotencyKey !== null && idempotencyKey === run.idempotencyKey,
    );
    if (known !== undefined) return { run: structuredClone(known), isNew: false };
    if (this.#find(run.id) !== undefined) throw new Error(`There is a run ${run.id} already`);
    this.#runs.push(structuredClone(run));
    return { run: structuredClone(run), isNew: true };
  }

  async get(id: string): Promise<RunRecord | undefined> {
    this.#failIfTold();
    return structuredClone(this.#find(id));
  }

  async list(selection: RunSelection): Promise<{ runs: readonly RunRecord[]; total: number }> {
    this.#failIfTold();
    const matching = this.#runs.filter((run) => matches(run, selection));
    const end = this.#endOf(selection);
    const page = matching.filter((run) => this.#runs.indexOf(run) < end).slice(-selection.limit);
    return { runs: structuredClone(page.reverse()), total: matching.length };
  }

  async listActive(): Promise<readonly RunRecord[]> {
    this.#failIfTold();
    return structuredClone(this.#runs.filter((run) => !hasEnded(run)));
  }

  async change(id: string, expected: ExpectedRun, change: RunChange): Promise<RunRecord | undefined> {
    this.#failIfTold();
    const run = this.#find(id);
    if (run === undefined || run.state !== expected.state || run.attempt !== expected.attempt)
      return undefined;
    const changed = structuredClone({ ...run, ...change });
    this.#runs[this.#runs.indexOf(run)] = changed;
    return structuredClone(changed);
  }

  async complete(
    id: string,
    expected: ExpectedRun,
    { change, artifacts }: { readonly change: RunChange; readonly artifacts: readonly Artifact[] },
  ): Promise<RunRecord | undefined> {
    this.#failIfTold();
    const taken = artifacts.find((artifact) => this.#artifacts.some((other) => other.id === artifact.id));
    if (taken !== undefined) throw new Error(`There is an artifact ${taken.id} already`);
    const run = await this.change(id, expected, change);
    if (run !== undefined) this.#artifacts.push(...structuredClone(artifacts));
    return run;
  }

  async listEnded(): Promise<readonly EndedRun[]> {
    this.#failIfTold();
    const ended = this.#runs.filter(hasEnded).map((run) => ({
      id: run.id,
      completedAt: run.completedAt ?? run.createdAt,
      contents: this.#artifactsOf(run.id).map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })),
    }));
    return ended.sort((a, b) => Date.parse(a.completedAt) - Date.parse(b.completedAt));
  }

  async remove(ids: readonly string[]): Promise<readonly string[]> {
    this.#failIfTold();
    const going = [...new Set(ids)].filter((id) => {
      const run = this.#find(id);
      return run !== undefined && hasEnded(run);
    });
    this.#runs = this.#runs.filter(({ id }) => !going.includes(id));
    this.#artifacts = this.#artifacts.filter(({ runId }) => !going.includes(runId));
    return going;
  }

  async listArtifacts(runId: string): Promise<readonly Artifact[]> {
    this.#failIfTold();
    return structuredClone(this.#artifactsOf(runId));
  }

  async getArtifact(id: string): Promise<Artifact | undefined> {
    this.#failIfTold();
    return structuredClone(this.#artifacts.find((artifact) => artifact.id === id));
  }

  async listArtifactIds(runIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    this.#failIfTold();
    const lists = runIds.map((id) => [id, this.#artifactsOf(id).map((artifact) => artifact.id)] as const);
    return new Map(lists.filter(([, ids]) => ids.length > 0));
  }

  /** Contents of all artifacts. */
  listContents(): readonly string[] {
    return this.#artifacts.map(({ sha256 }) => sha256);
  }

  #find(id: string): RunRecord | undefined {
    return this.#runs.find((run) => run.id === id);
  }

  #artifactsOf(runId: string): Artifact[] {
    return this.#artifacts.filter((artifact) => artifact.runId === runId);
  }

  /** The place from which on runs are no more listed; before an unknown run there is none. */
  #endOf({ before }: RunSelection): number {
    if (before === undefined) return this.#runs.length;
    return this.#runs.findIndex(({ id }) => id === before);
  }

  #failIfTold(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}

function matches(run: RunRecord, { states, toolId, since }: RunSelection): boolean {
  return (
    (states?.includes(run.state) ?? true) &&
    (toolId === undefined || run.toolId === toolId) &&
    (since === undefined || Date.parse(run.createdAt) >= Date.parse(since))
  );
}

function hasEnded({ state }: RunRecord): boolean {
  return state !== 'queued' && state !== 'running';
}
