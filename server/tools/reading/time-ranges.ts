import { CtsError } from '#protocol';
import type { TimeSpan } from '../../core/can/message-rows.ts';

const TIME = /-?(?:\d+:)?(?:\d+(?:\.\d*)?|\.\d+)/.source;
const RANGE = new RegExp(`^\\s*(${TIME})\\s*-\\s*(${TIME})\\s*$`);

/**
 * Reads stretches of time such as `5-15`, `0.5 - 2.25` or `1:05-1:20.5` (minutes and seconds), in the order given.
 * They may overlap.
 *
 * A manifest calls it from `checkParameters` as well, so that a run with such a value does not start.
 *
 * @param parameter Whose values they are: named in the error.
 * @throws {CtsError} INVALID_PARAMETER with the text that is no such stretch, or is reversed, empty or negative.
 */
export function parseTimeRanges(list: readonly string[], parameter: string): readonly TimeSpan[] {
  return list.map((text) => parseTimeRange(text, parameter));
}

/** Whether a time lies in one of the ranges. */
export function isInRanges(ranges: readonly TimeSpan[], seconds: number): boolean {
  for (const { from, to } of ranges) if (seconds >= from && seconds <= to) return true;
  return false;
}

/** Two ranges, one of each list, that share more than an end, in words; undefined where there are none. */
export function findOverlap(first: readonly TimeSpan[], second: readonly TimeSpan[]): string | undefined {
  for (const a of first) {
    const b = second.find(({ from, to }) => from < a.to && to > a.from);
    if (b !== undefined) return `${formatRange(b)} overlaps ${formatRange(a)}`;
  }
  return undefined;
}

/** Writes a range as `5-15`, in seconds. */
export function formatRange({ from, to }: TimeSpan): string {
  return `${String(from)}-${String(to)}`;
}

function parseTimeRange(text: string, parameter: string): TimeSpan {
  const match = RANGE.exec(text);
  if (match === null) throw createInvalid(text, parameter, 'is no start-end');
  const [, start = '', end = ''] = match;
  if (start.startsWith('-') || end.startsWith('-'))
    throw createInvalid(text, parameter, 'has a negative time, which is before the start');
  const from = parseTime(start);
  const to = parseTime(end);
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw createInvalid(
      text,
      parameter,
      'has a time that cannot be read; behind minutes, seconds go up to 59',
    );
  if (to < from) throw createInvalid(text, parameter, 'ends before it begins');
  if (to === from) throw createInvalid(text, parameter, 'has no length');
  return { from, to };
}

/** NaN where the seconds behind minutes are 60 or more. */
function parseTime(text: string): number {
  const [first = '', second] = text.split(':');
  if (second === undefined) return Number(first);
  const seconds = Number(second);
  return seconds < 60 ? 60 * Number(first) + seconds : NaN;
}

function createInvalid(text: string, parameter: string, reason: string): CtsError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new CtsError(
    'INVALID_PARAMETER',
    `Parameter '${parameter}' must hold stretches of time such as 5-15: "${shown}" ${reason}`,
    {
      details: { parameter, value: text.slice(0, 200) },
      actions: [
        'Write each as start-end, in seconds (5-15) or minutes and seconds (1:05-1:20.5) after the start.',
      ],
    },
  );
}
