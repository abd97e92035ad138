import type { RequestHandlers, StoreVerification, VerifyStoreParams } from '#protocol';
import type { ContentId, ContentStore } from '../artifacts/content-store.ts';
import type { RunStore } from '../runs/run-store.ts';
import type { StoreKeeper } from './store-keeper.ts';

/** What verification looks at. */
export interface VerificationPorts {
  readonly store: RunStore;
  readonly contents: ContentStore;
  readonly keeper: StoreKeeper;
}

/** Answers whether everything that should be in the store is there and whole. */
export function createStoreHandlers(ports: VerificationPorts): Pick<RequestHandlers, 'store/verify'> {
  return { 'store/verify': (params, { signal }) => verifyStore(params, signal, ports) };
}

async function verifyStore(
  { withChecksums }: VerifyStoreParams,
  signal: AbortSignal,
  { store, contents, keeper }: VerificationPorts,
): Promise<StoreVerification> {
  const ended = await store.listEnded();
  const wanted = ended.flatMap((run) => run.contents);
  const there = await listContents(contents);
  const missing = wanted.filter((content) => there.get(content.sha256) !== content.sizeBytes);
  const whole = wanted.filter((content) => there.get(content.sha256) === content.sizeBytes);
  const damaged = withChecksums ? await listDamaged(contents, whole, signal) : [];
  const used = await keeper.listUsedContents();
  const database = await keeper.checkDatabase();
  return {
    isIntact: database === 'ok' && missing.length === 0 && damaged.length === 0,
    database,
    runs: ended.length,
    artifacts: wanted.length,
    contentBytes: [...there.values()].reduce((sum, bytes) => sum + bytes, 0),
    missing: [...new Set(missing.map(({ sha256 }) => sha256))],
    damaged,
    unused: [...there.keys()].filter((sha256) => !used.has(sha256)).length,
  };
}

async function listContents(contents: ContentStore): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const { sha256, sizeBytes } of contents.list()) found.set(sha256, sizeBytes);
  return found;
}

async function listDamaged(
  contents: ContentStore,
  wanted: readonly ContentId[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const distinct = new Map(wanted.map((content) => [content.sha256, content]));
  const damaged: string[] = [];
  for (const content of distinct.values()) {
    signal.throwIfAborted();
    if ((await contents.verify(content)) !== 'intact') damaged.push(content.sha256);
  }
  return damaged;
}
