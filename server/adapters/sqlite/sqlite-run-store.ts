import type { Artifact } from '#protocol';
import type {
  EndedRun,
  ExpectedRun,
  RunChange,
  RunRecord,
  RunSelection,
  RunStore,
} from '../../services/runs/run-store.ts';
import { prepareArtifactStatements, prepareRunStatements } from './run-statements.ts';
import { RunQueries } from './run-queries.ts';
import { toArtifact, toArtifactRow, toRunRecord, toRunRow } from './run-rows.ts';
import type { StateDatabase } from './state-database.ts';

/** Keeps runs and what they left in the state database. */
export class SqliteRunStore implements RunStore {
  readonly #database: StateDatabase;
  readonly #runs: ReturnType<typeof prepareRunStatements>;
  readonly #artifacts: ReturnType<typeof prepareArtifactStatements>;
  readonly #queries: RunQueries;

  constructor(database: StateDatabase) {
    this.#database = database;
    this.#runs = prepareRunStatements(database.connection);
    this.#artifacts = prepareArtifactStatements(database.connection);
    this.#queries = new RunQueries(database.connection);
  }

  async add(run: RunRecord): Promise<{ run: RunRecord; isNew: boolean }> {
    return this.#database.write('new-work', () => {
      const known = run.idempotencyKey === null ? undefined : this.#runs.getByKey.get(run.idempotencyKey);
      if (known !== undefined) return { run: toRunRecord(known), isNew: false };
      this.#runs.insert.run(toRunRow(run));
      return { run, isNew: true };
    });
  }

  async get(id: string): Promise<RunRecord | undefined> {
    return this.#database.read(() => this.#get(id));
  }

  async list(selection: RunSelection): Promise<{ runs: readonly RunRecord[]; total: number }> {
    return this.#database.read(() => ({
      runs: this.#queries.readPage(selection).map(toRunRecord),
      total: this.#queries.count(selection),
    }));
  }

  async listActive(): Promise<readonly RunRecord[]> {
    return this.#database.read(() => this.#runs.listActive.all().map(toRunRecord));
  }

  async change(id: string, expected: ExpectedRun, change: RunChange): Promise<RunRecord | undefined> {
    return this.#database.write('going-on', () => this.#change(id, expected, change));
  }

  async complete(
    id: string,
    expected: ExpectedRun,
    { change, artifacts }: { readonly change: RunChange; readonly artifacts: readonly Artifact[] },
  ): Promise<RunRecord | undefined> {
    return this.#database.write('going-on', () => {
      const run = this.#change(id, expected, change);
      if (run !== undefined)
        for (const artifact of artifacts) this.#artifacts.insert.run(toArtifactRow(artifact));
      return run;
    });
  }

  async listEnded(): Promise<readonly EndedRun[]> {
    return this.#database.read(() => gatherEnded(this.#runs.listEnded));
  }

  async remove(ids: readonly string[]): Promise<readonly string[]> {
    return this.#database.write('going-on', () => ids.filter((id) => this.#runs.removeEnded.run(id) > 0));
  }

  async listArtifacts(runId: string): Promise<readonly Artifact[]> {
    return this.#database.read(() => this.#artifacts.listOfRun.all(runId).map(toArtifact));
  }

  async getArtifact(id: string): Promise<Artifact | undefined> {
    const row = this.#database.read(() => this.#artifacts.get.get(id));
    return row && toArtifact(row);
  }

  async listArtifactIds(runIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.#database.read(() => {
      const lists = runIds.map((runId) => [runId, this.#artifacts.listIdsOfRun.all(runId)] as const);
      return new Map(lists.filter(([, ids]) => ids.length > 0));
    });
  }

  #get(id: string): RunRecord | undefined {
    const row = this.#runs.get.get(id);
    return row && toRunRecord(row);
  }

  #change(id: string, expected: ExpectedRun, change: RunChange): RunRecord | undefined {
    const run = this.#get(id);
    if (run?.state !== expected.state || run.attempt !== expected.attempt) return undefined;
    const changed = { ...run, ...change };
    this.#runs.update.run(toRunRow(changed));
    return changed;
  }
}

/** Puts the lines of one run after the other together. */
function gatherEnded(listEnded: ReturnType<typeof prepareRunStatements>['listEnded']): readonly EndedRun[] {
  const runs: (EndedRun & { readonly contents: { sha256: string; sizeBytes: number }[] })[] = [];
  for (const { id, completedAt, sha256, sizeBytes } of listEnded.all()) {
    if (runs.at(-1)?.id !== id) runs.push({ id, completedAt, contents: [] });
    if (sha256 !== null && sizeBytes !== null) runs.at(-1)?.contents.push({ sha256, sizeBytes });
  }
  return runs;
}
