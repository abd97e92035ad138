import type { Artifact, Download, RunLogEntry, Upload } from '#protocol';
import type { RunRecord } from '../../server/services/runs/run-store.ts';

/** A queued run; every member can be another. */
export function buildRun(members: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'run-1',
    toolId: 'rlog-to-csv',
    toolVersion: '1.2.3',
    name: null,
    state: 'queued',
    input: { type: 'path', path: '/logs/rlog.zst' },
    inputName: 'rlog.zst',
    parameters: { window_start_s: 1.5, bus: 0, signals: ['a', 'ü'], all: true },
    createdAt: '2026-01-02T03:04:05.678Z',
    startedAt: null,
    completedAt: null,
    durationSeconds: null,
    attempt: 1,
    error: null,
    recoveryAttempted: false,
    rerunOf: null,
    report: null,
    manifest: null,
    timeoutSeconds: null,
    maxBytes: null,
    idempotencyKey: null,
    requestDigest: 'digest',
    ...members,
  };
}

/** One of them holds the digits of `number`, so that artifacts differ in all that must. */
export function buildArtifact(number: number, members: Partial<Artifact> = {}): Artifact {
  return {
    id: `artifact-${number}`,
    runId: 'run-1',
    name: `out-${number}.csv`,
    mediaType: 'text/csv',
    sizeBytes: 1000 + number,
    sha256: String(number).padStart(64, '0'),
    rows: number,
    createdAt: '2026-01-02T03:05:00.000Z',
    ...members,
  };
}

/** A pending upload; every member can be another. */
export function buildUpload(members: Partial<Upload> = {}): Upload {
  return {
    id: 'upload-1',
    filename: 'rlog.zst',
    state: 'pending',
    sizeBytes: null,
    receivedBytes: 0,
    sha256: null,
    createdAt: '2026-01-02T03:04:05.678Z',
    completedAt: null,
    ...members,
  };
}

/** A queued download; every member can be another. */
export function buildDownload(members: Partial<Download> = {}): Download {
  return {
    id: 'download-1',
    state: 'queued',
    route: '0123456789abcdef|2026-01-02--03-04-05',
    canonicalRoute: null,
    destination: '/downloads',
    totalFiles: 0,
    downloadedFiles: 0,
    skippedFiles: 0,
    failedFiles: 0,
    receivedBytes: 0,
    totalBytes: 0,
    failures: [],
    error: null,
    createdAt: '2026-01-02T03:04:05.678Z',
    completedAt: null,
    ...members,
  };
}

/** Lines with the sequences from `first` to `last`. */
export function buildLogEntries(first: number, last: number, message = 'line'): readonly RunLogEntry[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    sequence: first + index,
    timestamp: '2026-01-02T03:04:05.678Z',
    level: 'INFO' as const,
    message: `${message} ${first + index}`,
    source: 'stdout' as const,
  }));
}
