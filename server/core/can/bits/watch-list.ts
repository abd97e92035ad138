import { CtsError } from '#protocol';
import { parseWatch, type BitWatch } from './bit-position.ts';

/** A bit of a watchlist. */
export interface WatchlistEntry {
  /** From 1. */
  readonly line: number;
  readonly watch: BitWatch;
  /** What stands behind `#`; empty without. */
  readonly comment: string;
}

/** A line of a watchlist that names no bit and is no mistake. */
export interface SkippedWatch {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** What a watchlist holds, in its order. */
export interface Watchlist {
  readonly entries: readonly WatchlistEntry[];
  readonly skipped: readonly SkippedWatch[];
}

/**
 * Reads a watchlist: a bit a line in the forms of `parseWatch`, then possibly `#` and a comment. Blank lines and lines of
 * comment only are passed over. `0x13A:computed`, which in comma-tools' lists marks what is calculated from a whole
 * message, is no bit and is reported as skipped.
 *
 * @throws {CtsError} INVALID_PARAMETER, with the line.
 */
export function parseWatchlist(text: string): Watchlist {
  const entries: WatchlistEntry[] = [];
  const skipped: SkippedWatch[] = [];
  for (const [index, content] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = index + 1;
    const [name, comment] = splitComment(content);
    if (name === '') continue;
    if (/:\s*computed$/.test(name)) skipped.push({ line, text: name, reason: COMPUTED });
    else entries.push({ line, watch: parseLine(name, line), comment });
  }
  return { entries, skipped };
}

const COMPUTED = 'it stands for a value computed from the message, which is no single bit';

function splitComment(content: string): readonly [name: string, comment: string] {
  const hash = content.indexOf('#');
  if (hash === -1) return [content.trim(), ''];
  return [content.slice(0, hash).trim(), content.slice(hash + 1).trim()];
}

function parseLine(name: string, line: number): BitWatch {
  try {
    return parseWatch(name);
  } catch (error) {
    if (!(error instanceof CtsError)) throw error;
    const { actions, details } = error;
    throw new CtsError(error.code, `Line ${String(line)} of the watchlist: ${error.message}`, {
      details: { ...details, line },
      actions,
      cause: error,
    });
  }
}
