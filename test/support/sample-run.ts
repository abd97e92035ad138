import type { Artifact, Run } from '#protocol';

/** A run that is complete, with whatever the test changes about it. */
export function makeRun(changes: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    toolId: 'rlog-to-csv',
    toolVersion: '1.0.0',
    name: null,
    state: 'completed',
    input: { type: 'path', path: '/logs/drive.rlog.zst' },
    inputName: 'drive.rlog.zst',
    parameters: {},
    createdAt: '2026-11-27T12:00:00.000Z',
    startedAt: '2026-11-27T12:00:00.100Z',
    completedAt: '2026-11-27T12:00:00.760Z',
    durationSeconds: 0.66,
    progress: 100,
    progressMessage: null,
    attempt: 1,
    queuePosition: null,
    artifactIds: [],
    error: null,
    recoveryAttempted: false,
    rerunOf: null,
    report: null,
    ...changes,
  };
}

/** A file of that run. */
export function makeArtifact(changes: Partial<Artifact> = {}): Artifact {
  return {
    id: 'a1',
    runId: 'r1',
    name: 'report.html',
    mediaType: 'text/html',
    sizeBytes: 48_200,
    sha256: '0'.repeat(64),
    rows: null,
    createdAt: '2026-11-27T12:00:00.760Z',
    ...changes,
  };
}
