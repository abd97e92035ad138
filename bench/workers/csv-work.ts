import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { openLogFile } from '../../server/adapters/files/log-file.ts';
import { OpenedLog } from '../../server/services/logs/log-access.ts';
import type { LogSegment, LogSource } from '../../server/services/logs/log-source.ts';
import { rlogToCsv } from '../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import type { ArtifactSink } from '../../server/tools/tool.ts';
import type { Findings } from './findings.ts';

/** Runs the tool rlog-to-csv on the files, as the segments of one log, and leaves the CSV at `outPath`. */
export async function writeCsv(files: readonly string[], outPath: string): Promise<Findings> {
  const log = new OpenedLog(listSegments(files), {});
  const written = { rows: 0, bytes: 0 };
  await rlogToCsv.run({
    run: { id: 'run', startedAt: new Date(0) },
    files: () => [],
    describeInputs: () => Promise.resolve([]),
    tellProgress: () => undefined,
    input: log,
    parameters: rlogToCsv.parameters.parse({}),
    artifacts: writeInto(outPath, written),
    signal: new AbortController().signal,
    tell: () => undefined,
  });
  const { logBytes = 0, events = 0 } = log.report ?? {};
  return { rawBytes: logBytes, events, frames: written.rows, csvBytes: written.bytes };
}

function listSegments(files: readonly string[]): LogSource {
  const segments = files.map((path, segment): LogSegment => ({
    segment,
    name: basename(path),
    path,
    kind: 'rlog',
    fileBytes: statSync(path).size,
    open: (options) => openLogFile(path, options),
  }));
  return { name: 'bench', route: undefined, segments, problems: [] };
}

/** Writes the one artifact to a given file, overwriting it, as the peer does. */
function writeInto(path: string, written: { rows: number; bytes: number }): ArtifactSink {
  return {
    async create() {
      const file = await open(path, 'w');
      return {
        async write(bytes) {
          await file.writeFile(bytes);
          written.bytes += bytes.length;
        },
        async finish({ rows = 0 } = {}) {
          written.rows = rows;
          await file.close();
        },
      };
    },
  };
}
