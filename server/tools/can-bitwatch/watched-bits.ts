import { CtsError } from '#protocol';
import { formatAddress } from '../../core/can/address-text.ts';
import { describeBit, parseWatch, type BitWatch } from '../../core/can/bits/bit-position.ts';
import { parseWatchlist } from '../../core/can/bits/watch-list.ts';
import { expectText, type InputAccess } from '../input-access.ts';
import type { GivenDatabases } from '../reading/given-databases.ts';
import type { ToolContext } from '../tool.ts';
import { DEFAULT_WATCH, type BitwatchParameters } from './bitwatch-parameters.ts';
import { readSignalName } from './signal-name.ts';
import { listSignalWatches, type Watch } from './watched-signals.ts';

/** A watchlist is written by hand: what is larger is something else. */
const MAX_WATCHLIST_BYTES = 1 << 20;

type Tell = ToolContext<unknown>['tell'];
type WatchSource = Pick<ToolContext<BitwatchParameters>, 'parameters' | 'files' | 'tell'>;

/**
 * Collects the bits to watch: those of the parameter, of signals all, then those of the watchlist. The default of the parameter gives way
 * to a watchlist. A bit that is listed twice is watched once, and so it is told.
 *
 * @throws {CtsError} INVALID_PARAMETER for a line of the watchlist that names no bit, or a signal that no database has.
 */
export async function collectWatches(
  { parameters: { watch }, files, tell }: WatchSource,
  databases: GivenDatabases,
): Promise<readonly Watch[]> {
  const [watchlist] = files('watchlist');
  const isDefault =
    watch.length === DEFAULT_WATCH.length && watch.every((each, i) => each === DEFAULT_WATCH[i]);
  const named = isDefault && watchlist !== undefined ? [] : watch;
  const listed = watchlist === undefined ? [] : await readWatchlist(watchlist, tell);
  return dropRepeated([...named.flatMap((each) => readWatch(each, databases)), ...listed], tell);
}

function readWatch(text: string, databases: GivenDatabases): readonly Watch[] {
  const signal = databases.all.length === 0 ? undefined : readSignalName(text);
  return signal === undefined ? [{ ...parseWatch(text), comment: '' }] : listSignalWatches(signal, databases);
}

async function readWatchlist(input: InputAccess, tell: Tell): Promise<readonly Watch[]> {
  const { entries, skipped } = parseWatchlist(await readText(input));
  for (const { line, text, reason } of skipped)
    tell('WARNING', `${input.name}, line ${String(line)}: "${text}" is skipped: ${reason}.`);
  tell('INFO', `${input.name}: ${String(entries.length)} bits to watch.`);
  return entries.map(({ watch, comment }) => ({ ...watch, comment }));
}

async function readText(input: InputAccess): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let bytes = 0;
  for await (const chunk of expectText(input).chunks({ progress: { from: 0, to: 0 } })) {
    bytes += chunk.length;
    if (bytes > MAX_WATCHLIST_BYTES)
      throw new CtsError('INVALID_PARAMETER', `Parameter 'watchlist': ${input.name} is larger than 1 MiB`, {
        details: { parameter: 'watchlist' },
        actions: ['Give a text with a bit a line, such as 0x027:B4b5.'],
      });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function dropRepeated(watches: readonly Watch[], tell: Tell): readonly Watch[] {
  const kept = new Map<string, Watch>();
  for (const watch of watches) {
    const name = describeWatch(watch);
    if (kept.has(name)) tell('WARNING', `${name} is to be watched twice; its edges are listed once.`);
    else kept.set(name, watch);
  }
  return [...kept.values()];
}

/** Names a bit to watch in both numberings. */
export function describeWatch({ arbitrationId, bus, bit }: BitWatch): string {
  const { shortMsb } = describeBit(bit);
  const where = bus === undefined ? '' : ` on bus ${String(bus)}`;
  return `${formatAddress(arbitrationId)} bit ${String(bit)} (MSB ${shortMsb})${where}`;
}
