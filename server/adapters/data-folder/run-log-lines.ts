import type { FileHandle } from 'node:fs/promises';
import type { RunLogEntry } from '#protocol';
import { readPiece } from '../contents/plain-file.ts';

/** A whole line of a log, and where the next one begins. */
export interface RunLogLine {
  readonly entry: RunLogEntry;
  readonly end: number;
}

const NEWLINE = 10;

/** One line of JSON each. */
export function formatLines(entries: readonly RunLogEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/** Reads whole lines from the start of one on, a piece at a time. What is no entry is left out. */
export async function* readLines(file: FileHandle, start: number): AsyncGenerator<RunLogLine> {
  let rest = Buffer.alloc(0);
  for (let at = start; ;) {
    const piece = await readPiece(file, at, Infinity);
    if (piece.length === 0) return;
    const bytes = Buffer.concat([rest, piece]);
    const bytesStart = at - rest.length;
    at += piece.length;
    const whole = bytes.lastIndexOf(NEWLINE) + 1;
    rest = bytes.subarray(whole);
    yield* splitLines(bytes.subarray(0, whole), bytesStart);
  }
}

function* splitLines(bytes: Buffer, bytesStart: number): Generator<RunLogLine> {
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, at) + 1;
    const entry = parseEntry(bytes.toString('utf8', at, end));
    at = end;
    if (entry !== undefined) yield { entry, end: bytesStart + end };
  }
}

/**
 * Finds the last whole line, reading from the end: a crash can have cut what follows it.
 *
 * @returns Sequence 0 and offset 0 when there is none.
 */
export async function findLastLine(
  file: FileHandle,
  sizeBytes: number,
): Promise<{ readonly sequence: number; readonly end: number }> {
  for (let tail = 65_536; ; tail *= 8) {
    const start = Math.max(0, sizeBytes - tail);
    let last = { sequence: 0, end: 0 };
    // Where the reading begins within a line, that line is no entry.
    for await (const { entry, end } of readLines(file, start)) last = { sequence: entry.sequence, end };
    if (last.end > 0 || start === 0) return last;
  }
}

function parseEntry(line: string): RunLogEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is whole went in as an entry. */
function isEntry(value: unknown): value is RunLogEntry {
  return (
    typeof value === 'object' && value !== null && 'sequence' in value && Number.isInteger(value.sequence)
  );
}
