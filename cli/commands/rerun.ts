import { randomUUID } from 'node:crypto';
import type { ArtifactBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import type { HttpClient } from '../http/http-client.ts';
import { makeHarmless } from '../render/harmless-text.ts';
import { attendRun, listArtifacts, planWaiting, type Remark, type WaitOptions } from './run.ts';

/** `cts rerun RUN`: does a run again, and tells whether it left the same bytes. */
export async function rerunRun(context: CommandContext, id: string, options: WaitOptions): Promise<number> {
  const plan = await planWaiting(context, options);
  const { http } = await context.openService();
  const patient = http.with({ signal: new AbortController().signal });
  // The key makes sure that a repeated request starts no second run.
  const headers = { 'idempotency-key': randomUUID() };
  const run = await patient.ask('POST /v1/runs/{id}/rerun', { id, headers });
  const remark = (ended: { readonly id: string }): Promise<Remark> => compareRuns(http, id, ended.id);
  return attendRun(context, http, { run, plan, remark });
}

async function compareRuns(http: HttpClient, originalId: string, rerunId: string): Promise<Remark> {
  const [before, after] = await Promise.all([listArtifacts(http, originalId), listArtifacts(http, rerunId)]);
  const lines = compareArtifacts(before, after);
  const isEqual = lines.length === 0;
  return {
    facts: { artifacts_equal: isEqual, differences: lines },
    lines: isEqual ? [`The artifacts are equal to those of ${originalId}, byte by byte.`] : lines,
  };
}

function compareArtifacts(
  before: readonly ArtifactBody[],
  after: readonly ArtifactBody[],
): readonly string[] {
  const hashes = new Map(after.map(({ filename, sha256 }) => [filename, sha256]));
  const names = new Set(before.map(({ filename }) => filename));
  return [
    ...before.flatMap(({ filename, sha256 }) => describeDifference(filename, sha256, hashes.get(filename))),
    ...after.flatMap(({ filename }) => (names.has(filename) ? [] : [`${makeHarmless(filename)} is new.`])),
  ];
}

function describeDifference(name: string, before: string, after: string | undefined): readonly string[] {
  if (before === after) return [];
  return [`${makeHarmless(name)} ${after === undefined ? 'is missing.' : 'differs.'}`];
}
