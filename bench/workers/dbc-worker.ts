/**
 * Works with DBC files in a process of its own and prints times or peak memory as JSON.
 *
 *   dbc-worker decode [LOG DBC] [--repeat N] [--warm-up N]   generated ones where there are no paths
 *   dbc-worker open [--repeat N] [--warm-up N]
 *   dbc-worker window|whole LOG DBC
 */
import { parseArgs } from 'node:util';
import { timeDecoding } from '../dbc/decode-work.ts';
import { timeOpening } from '../dbc/open-work.ts';
import { decodeAtOnce, decodeInWindow } from '../dbc/window-work.ts';
import { readPeakRss } from './peak-memory.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    repeat: { type: 'string', default: '1' },
    'warm-up': { type: 'string', default: '0' },
  },
});
const [task = '', ...paths] = positionals;
process.stdout.write(`${JSON.stringify(await work())}\n`);

async function work(): Promise<object> {
  const turns = { warmUp: Number(values['warm-up']), repeat: Number(values.repeat) };
  switch (task) {
    case 'decode':
      return await timeDecoding(paths, turns);
    case 'open':
      return timeOpening(turns);
    case 'window':
      return { values: await decodeInWindow(paths), peakRssBytes: readPeakRss() };
    case 'whole':
      return { values: await decodeAtOnce(paths), peakRssBytes: readPeakRss() };
    default:
      throw new Error(`There is no work "${task}": expected decode, open, window or whole`);
  }
}
