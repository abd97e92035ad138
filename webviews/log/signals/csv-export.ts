import type { TimeRange } from '../../shared/time-range.ts';
import type { LogDocument } from '../log-document.ts';

/** Names of the columns of what `sessions/samples` gives. */
const CSV_HEAD = 'seconds,series,value,label';
/** Samples of one request; an answer stays below a megabyte. */
const PAGE_ROWS = 8000;
/** Larger files are for the command, which writes them piece by piece. */
const MOST_CHARACTERS = 40 * 1024 * 1024;

/** What is written. */
export interface CsvQuestion {
  readonly keys: readonly string[];
  readonly range: TimeRange;
  readonly signal: AbortSignal;
  /** Share of the rows that are there. */
  readonly onProgress: (share: number) => void;
}

/** A CSV file; `isCut` where the rest was too large. */
export interface CsvText {
  readonly text: string;
  readonly rows: number;
  readonly total: number;
}

/** Reads the samples of a range page by page. */
export async function readCsv(
  log: Pick<LogDocument, 'ask'>,
  { keys, range, signal, onProgress }: CsvQuestion,
): Promise<CsvText> {
  const pieces: string[] = [`${CSV_HEAD}\n`];
  let [rows, total, size] = [0, 1, 0];
  while (rows < total) {
    const params = {
      keys: [...keys],
      fromSeconds: range.from,
      toSeconds: range.to,
      from: rows,
      count: PAGE_ROWS,
    };
    const page = await log.ask('sessions/samples', params, { signal });
    signal.throwIfAborted();
    total = page.total;
    if (page.lines.length === 0) break;
    const piece = `${page.lines.join('\n')}\n`;
    if (size + piece.length > MOST_CHARACTERS) break;
    pieces.push(piece);
    size += piece.length;
    rows += page.lines.length;
    onProgress(rows / total);
  }
  return { text: pieces.join(''), rows, total };
}
