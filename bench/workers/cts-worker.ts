/**
 * Repeats one kind of work of CTS in a warm process and prints times and findings as JSON, as the C++ peer does.
 *
 *   cts-worker can-streamed|can-one-buffer FILE...  [--repeat N] [--warm-up N]
 *   cts-worker csv FILE... --out CSV                [--repeat N] [--warm-up N]
 */
import { parseArgs } from 'node:util';
import type { ChildReport } from '../measurement.ts';
import { readBuffered, readStreamed } from './can-work.ts';
import { writeCsv } from './csv-work.ts';
import type { Findings } from './findings.ts';
import { timeWork } from './timed-work.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: '' },
    repeat: { type: 'string', default: '1' },
    'warm-up': { type: 'string', default: '0' },
  },
});
const [task = '', ...files] = positionals;
process.stdout.write(`${JSON.stringify(await measure(selectWork(task)))}\n`);

function selectWork(name: string): () => Promise<Findings> {
  switch (name) {
    case 'can-streamed':
      return () => readStreamed(files);
    case 'can-one-buffer':
      return () => readBuffered(files);
    case 'csv':
      return () => writeCsv(files, values.out);
    default:
      throw new Error(`There is no work "${name}": expected can-streamed, can-one-buffer or csv`);
  }
}

async function measure(work: () => Promise<Findings>): Promise<ChildReport> {
  const effort = { warmUp: Number(values['warm-up']), repeat: Number(values.repeat) };
  const { found, wallMs, cpuMs, peakRssBytes } = await timeWork(work, effort);
  return { wallMs: [...wallMs], cpuMs: [...cpuMs], ...found, peakRssBytes };
}
