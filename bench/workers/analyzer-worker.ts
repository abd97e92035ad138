/**
 * Runs one analyzer again and again in a warm process, from the path of a log to files on the disk, and prints times as
 * JSON. Files are hashed and the report tells of its inputs, as in a run of the service; only the wait for the disk to
 * have them is left out, which is not the tool's.
 *
 *   analyzer-worker TOOL LOG [--parameters JSON] [--repeat N] [--warm-up N]
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParameterValues } from '#protocol';
import { FileLogLocator } from '../../server/adapters/files/log-locator.ts';
import { encodeParquet } from '../../server/adapters/parquet/parquet-encoder.ts';
import { fileInputs } from '../../server/adapters/workers/file-inputs.ts';
import { OpenedLog } from '../../server/services/logs/log-access.ts';
import { readParameters } from '../../server/services/tools/tool-parameters.ts';
import { createAnalyzers } from '../../server/tools/analyzers.ts';
import type { Analyzer, ArtifactSink, InputFacts } from '../../server/tools/tool.ts';
import type { AnalyzerFindings } from '../analyzers/analyzer-measurement.ts';
import { timeWork } from './timed-work.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    parameters: { type: 'string', default: '{}' },
    repeat: { type: 'string', default: '1' },
    'warm-up': { type: 'string', default: '0' },
  },
});
const [id = '', log = ''] = positionals;
const parameters = JSON.parse(values.parameters) as ParameterValues;
const tool = findTool(id);
const folder = mkdtempSync(join(tmpdir(), 'cts-bench-analyzer-'));
try {
  const effort = { warmUp: Number(values['warm-up']), repeat: Number(values.repeat) };
  const { found, ...times } = await timeWork(() => runOnce(tool), effort);
  process.stdout.write(`${JSON.stringify({ ...times, ...found })}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function findTool(id: string): Analyzer {
  const found = createAnalyzers({ encodeParquet }).find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no tool "${id}"`);
  return found;
}

async function runOnce(analyzer: Analyzer): Promise<AnalyzerFindings> {
  const written = { files: 0, outputBytes: 0 };
  const signal = new AbortController().signal;
  const input = new OpenedLog(await new FileLogLocator().locate(log), {
    signal,
    onProgress: () => undefined,
  });
  // As in a run of the service: files are hashed beside the work.
  const facts = describeLog(signal);
  await analyzer.run({
    input,
    files: () => [],
    parameters: readParameters(analyzer, parameters),
    artifacts: writeInto(folder, written),
    run: { id: '00000000-0000-4000-8000-000000000000', startedAt: new Date(0) },
    describeInputs: async () => [await facts],
    signal,
    tell: () => undefined,
    tellProgress: () => undefined,
  });
  return written;
}

async function describeLog(signal: AbortSignal): Promise<InputFacts> {
  const digest = await fileInputs.digest(log, signal);
  return { name: basename(log), sizeBytes: digest?.sizeBytes ?? 0, sha256: digest?.sha256 ?? '' };
}

function writeInto(path: string, written: { files: number; outputBytes: number }): ArtifactSink {
  return {
    async create(name) {
      const file = await open(join(path, name), 'w');
      const hash = createHash('sha256');
      return {
        async write(bytes) {
          await file.writeFile(bytes);
          hash.update(bytes);
          written.outputBytes += bytes.length;
        },
        async finish() {
          hash.digest('hex');
          written.files++;
          await file.close();
        },
      };
    },
  };
}
