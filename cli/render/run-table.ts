import type { ArtifactBody, MonitorBody, RunBody } from '#protocol';
import { makeHarmless } from './harmless-text.ts';
import { formatBytes, formatDuration } from './quantities.ts';
import { layOutTable } from './text-table.ts';

/** Runs as a table. */
export function layOutRuns(runs: readonly RunBody[]): readonly string[] {
  const columns = [
    { heading: 'ID' },
    { heading: 'Tool' },
    { heading: 'Status' },
    { heading: 'Started' },
    { heading: 'Duration', align: 'right' as const },
  ];
  return layOutTable(
    columns,
    runs.map((run) => [
      run.id,
      run.tool_id,
      run.status,
      run.started_at ?? '-',
      run.duration_seconds === null ? '-' : formatDuration(run.duration_seconds),
    ]),
  );
}

/** Artifacts as a table. */
export function layOutArtifacts(artifacts: readonly ArtifactBody[]): readonly string[] {
  const columns = [
    { heading: 'ID' },
    { heading: 'Filename' },
    { heading: 'Size', align: 'right' as const },
    { heading: 'Type' },
    { heading: 'Created' },
  ];
  return layOutTable(
    columns,
    artifacts.map(({ id, filename, size, type, created_at }) => [
      id,
      makeHarmless(filename),
      formatBytes(size),
      type,
      created_at,
    ]),
  );
}

/** Monitors as a table. */
export function layOutMonitors(monitors: readonly MonitorBody[]): readonly string[] {
  const columns = ['ID', 'Tool', 'Status', 'Started', 'Uptime'].map((heading) => ({ heading }));
  return layOutTable(
    columns,
    monitors.map(({ id, tool_id, status, started_at, uptime }) => [
      id,
      tool_id,
      status,
      started_at,
      uptime ?? '-',
    ]),
  );
}
