import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteRunStore } from '../../server/adapters/sqlite/sqlite-run-store.ts';
import { openStateDatabase } from '../../server/adapters/sqlite/state-database.ts';
import type { RunRecord, RunStore } from '../../server/services/runs/run-store.ts';
import { MemoryRunStore } from '../support/memory-run-store.ts';
import { buildArtifact, buildRun } from '../support/store-records.ts';
import { SQLITE_ENGINES } from '../support/sqlite-engines.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

const STORES = [
  ...SQLITE_ENGINES.map((engine) => ({
    name: engine.name,
    open: () => {
      const database = openStateDatabase(folder.path, { engine });
      return { store: new SqliteRunStore(database), close: () => database.close() };
    },
  })),
  { name: 'memory', open: () => ({ store: new MemoryRunStore(), close: () => undefined }) },
];

/** Every member has a value that is not the one it has in the beginning. */
const FULL_RUN = buildRun({
  name: 'night drive',
  state: 'failed',
  input: { type: 'upload', uploadId: 'upload-1' },
  startedAt: '2026-01-02T03:04:06.000Z',
  completedAt: '2026-01-02T03:04:07.123456Z',
  durationSeconds: 1.25,
  attempt: 2,
  error: {
    code: 'TOOL_FAILED',
    category: 'tool_error',
    message: 'It broke:\n"so"',
    details: { a: [1, { b: null }] },
    suggestedActions: ['Try again.'],
  },
  recoveryAttempted: true,
  rerunOf: 'run-0',
  report: {
    schema: 'mainline',
    schemaReason: 'newest',
    truncated: false,
    unreadBytes: 0,
    seconds: 1,
    eventCount: 3,
    problems: [],
  } as unknown as RunRecord['report'],
  manifest: {
    runId: 'run-1',
    tool: { id: 'rlog-to-csv', version: '1' },
    ctsVersion: '0.1.0',
    parameters: {},
    inputs: [{ name: 'a', path: '/a', sizeBytes: 2 ** 40, sha256: 'x' }],
    artifacts: [],
    environment: { node: '24', platform: 'linux', arch: 'x64' },
    startedAt: '2026-01-02T03:04:06.000Z',
    completedAt: '2026-01-02T03:04:07.000Z',
  },
  timeoutSeconds: 0.5,
  maxBytes: 2 ** 52,
  idempotencyKey: 'key',
});

describe.each(STORES)('run store: $name', ({ open }) => {
  let store: RunStore;
  let close: () => void;

  beforeEach(() => {
    ({ store, close } = open());
  });
  afterEach(() => close());

  async function addRuns(...runs: readonly Partial<RunRecord>[]): Promise<void> {
    for (const run of runs) await store.add(buildRun(run));
  }

  const idsOf = (runs: readonly { readonly id: string }[]): readonly string[] => runs.map(({ id }) => id);

  it.each([
    { what: 'a fresh run', run: buildRun() },
    { what: 'a run with every member set', run: FULL_RUN },
    { what: 'a run without input', run: buildRun({ input: null, inputName: null, parameters: {} }) },
  ])('gives $what back as it was added', async ({ run }) => {
    expect(await store.add(run)).toEqual({ run, isNew: true });
    expect(await store.get(run.id)).toEqual(run);
  });

  it('knows no run that was not added', async () => {
    expect(await store.get('run-1')).toBeUndefined();
  });

  it('refuses a second run with the same id', async () => {
    await store.add(buildRun());
    await expect(store.add(buildRun({ name: 'other' }))).rejects.toThrow();
    expect(await store.get('run-1')).toEqual(buildRun());
  });

  it('returns the first run of an idempotency key', async () => {
    const first = buildRun({ idempotencyKey: 'key' });
    await store.add(first);
    expect(await store.add(buildRun({ id: 'run-2', idempotencyKey: 'key', requestDigest: 'other' }))).toEqual(
      {
        run: first,
        isNew: false,
      },
    );
    expect(await store.get('run-2')).toBeUndefined();
  });

  it('gives no reader the object that another changes', async () => {
    await store.add(buildRun());
    const [one, other] = [await store.get('run-1'), await store.get('run-1')];
    expect(one?.parameters).not.toBe(other?.parameters);
  });

  describe('lists', () => {
    beforeEach(() =>
      addRuns(
        { id: 'a', state: 'completed', toolId: 'x', createdAt: '2026-01-01T00:00:00Z' },
        { id: 'b', state: 'failed', toolId: 'y', createdAt: '2026-01-02T00:00:00Z' },
        // The clock was set back.
        { id: 'c', state: 'completed', toolId: 'y', createdAt: '2026-01-01T12:00:00Z' },
        { id: 'd', state: 'queued', toolId: 'x', createdAt: '2026-01-03T00:00:00Z' },
        { id: 'e', state: 'running', toolId: 'x', createdAt: '2026-01-04T00:00:00.000001Z' },
      ),
    );

    it.each([
      { selection: {}, ids: 'edcba' },
      { selection: { states: ['completed'] }, ids: 'ca' },
      { selection: { states: ['queued', 'completed', 'failed'] }, ids: 'dcba' },
      { selection: { states: ['canceled'] }, ids: '' },
      { selection: { states: [] }, ids: '' },
      { selection: { toolId: 'x' }, ids: 'eda' },
      { selection: { toolId: 'x', states: ['completed', 'running'] }, ids: 'ea' },
      { selection: { toolId: "' OR 1=1 --" }, ids: '' },
      { selection: { since: '2026-01-02T00:00:00Z' }, ids: 'edb' },
      { selection: { since: '2026-01-02T01:00:00+01:00' }, ids: 'edb' },
      { selection: { since: '2026-01-01T12:00:00Z', states: ['completed'], toolId: 'y' }, ids: 'c' },
      { selection: { since: '2027-01-01T00:00:00Z' }, ids: '' },
    ] as const)('$ids for $selection', async ({ selection, ids }) => {
      const { runs, total } = await store.list({ ...selection, limit: 10 });
      expect(idsOf(runs).join('')).toBe(ids);
      expect(total).toBe(ids.length);
    });

    it.each([
      { before: undefined, limit: 2, ids: 'ed' },
      { before: 'd', limit: 2, ids: 'cb' },
      { before: 'b', limit: 2, ids: 'a' },
      { before: 'a', limit: 2, ids: '' },
      { before: 'unknown', limit: 2, ids: '' },
    ])('a page of $limit before $before', async ({ before, limit, ids }) => {
      const { runs, total } = await store.list({ ...(before !== undefined && { before }), limit });
      expect({ ids: idsOf(runs).join(''), total }).toEqual({ ids, total: 5 });
    });

    it('a page of some states, before a run of another', async () => {
      const { runs, total } = await store.list({ states: ['completed', 'failed'], before: 'd', limit: 2 });
      expect({ ids: idsOf(runs), total }).toEqual({ ids: ['c', 'b'], total: 3 });
    });

    it('those that are active, oldest first', async () => {
      expect(idsOf(await store.listActive())).toEqual(['d', 'e']);
    });
  });

  describe('changes', () => {
    const started = { state: 'running', startedAt: '2026-01-02T03:04:06.000Z' } as const;

    beforeEach(() => store.add(buildRun()));

    it('a run that is as expected', async () => {
      const changed = { ...buildRun(), ...started };
      expect(await store.change('run-1', { state: 'queued', attempt: 1 }, started)).toEqual(changed);
      expect(await store.get('run-1')).toEqual(changed);
    });

    it('every member that can change', async () => {
      const { id, attempt, state, ...others } = FULL_RUN;
      const { startedAt, completedAt, durationSeconds, error, recoveryAttempted, report, manifest } = others;
      const change = {
        ...{ state, attempt, startedAt, completedAt, durationSeconds, error, recoveryAttempted },
        ...{ report, manifest },
      };
      await store.change(id, { state: 'queued', attempt: 1 }, change);
      expect(await store.get(id)).toEqual({ ...buildRun(), ...change });
    });

    it.each([
      { what: 'of another state', id: 'run-1', expected: { state: 'running', attempt: 1 } },
      { what: 'of another attempt', id: 'run-1', expected: { state: 'queued', attempt: 2 } },
      { what: 'that is not there', id: 'run-2', expected: { state: 'queued', attempt: 1 } },
    ] as const)('no run $what', async ({ id, expected }) => {
      expect(await store.change(id, expected, started)).toBeUndefined();
      expect(await store.get('run-1')).toEqual(buildRun());
    });

    it('one run once, however many try at once', async () => {
      const tries = await Promise.all(
        Array.from({ length: 10 }, () => store.change('run-1', { state: 'queued', attempt: 1 }, started)),
      );
      expect(tries.filter((run) => run !== undefined)).toHaveLength(1);
    });
  });

  describe('completes', () => {
    const expected = { state: 'running', attempt: 1 } as const;
    const change = { state: 'completed', completedAt: '2026-01-02T03:05:00.000Z' } as const;
    const artifacts = [buildArtifact(2, { rows: null }), buildArtifact(1)];

    beforeEach(() => store.add(buildRun({ state: 'running' })));

    it('a run with its artifacts, in the order they were made', async () => {
      const run = await store.complete('run-1', expected, { change, artifacts });
      expect(run).toEqual(await store.get('run-1'));
      expect(run?.state).toBe('completed');
      expect(await store.listArtifacts('run-1')).toEqual(artifacts);
      expect(await store.getArtifact('artifact-2')).toEqual(artifacts[0]);
    });

    it('nothing when the run is not as expected', async () => {
      expect(
        await store.complete('run-1', { ...expected, attempt: 2 }, { change, artifacts }),
      ).toBeUndefined();
      expect(await store.listArtifacts('run-1')).toEqual([]);
      expect(await store.getArtifact('artifact-1')).toBeUndefined();
    });

    it('nothing when an artifact cannot be kept', async () => {
      const twice = [buildArtifact(1), buildArtifact(1)];
      await store.complete('run-1', expected, { change, artifacts: [buildArtifact(1)] });
      await store.add(buildRun({ id: 'run-2', state: 'running' }));
      await expect(store.complete('run-2', expected, { change, artifacts: twice })).rejects.toThrow();
      expect((await store.get('run-2'))?.state).toBe('running');
    });

    it('runs whose artifacts are then told by run', async () => {
      await store.add(buildRun({ id: 'run-2' }));
      await store.complete('run-1', expected, { change, artifacts });
      expect(await store.listArtifactIds(['run-2', 'run-1', 'run-3'])).toEqual(
        new Map([['run-1', ['artifact-2', 'artifact-1']]]),
      );
    });
  });

  describe('removes', () => {
    beforeEach(async () => {
      await addRuns(
        { id: 'late', state: 'running' },
        { id: 'early', state: 'failed', completedAt: '2026-01-02T00:00:00Z' },
        { id: 'queued' },
        { id: 'running', state: 'running' },
      );
      await store.complete(
        'late',
        { state: 'running', attempt: 1 },
        {
          change: { state: 'completed', completedAt: '2026-01-03T00:00:00Z' },
          artifacts: [buildArtifact(1, { runId: 'late' }), buildArtifact(2, { runId: 'late' })],
        },
      );
    });

    it('nothing that it only lists: the ended ones, in the order they ended', async () => {
      const contentOf = (number: number): object => {
        const { sha256, sizeBytes } = buildArtifact(number);
        return { sha256, sizeBytes };
      };
      expect(await store.listEnded()).toEqual([
        { id: 'early', completedAt: '2026-01-02T00:00:00Z', contents: [] },
        { id: 'late', completedAt: '2026-01-03T00:00:00Z', contents: [contentOf(1), contentOf(2)] },
      ]);
    });

    it('runs that have ended, with their artifacts, and no others', async () => {
      expect(await store.remove(['queued', 'late', 'late', 'unknown', 'running'])).toEqual(['late']);
      expect(idsOf((await store.list({ limit: 10 })).runs)).toEqual(['running', 'queued', 'early']);
      expect(await store.getArtifact('artifact-1')).toBeUndefined();
      expect(await store.listArtifacts('late')).toEqual([]);
    });

    it('what an idempotency key stood for', async () => {
      await addRuns({ id: 'keyed', state: 'canceled', idempotencyKey: 'key' });
      await store.remove(['keyed']);
      expect(await store.add(buildRun({ id: 'again', idempotencyKey: 'key' }))).toMatchObject({
        isNew: true,
      });
    });
  });
});
