import { formatClock } from '../series/axis-ticks.ts';
import { type Markup, markup } from './markup.ts';
import type { Inline, Text } from './report.ts';

/** Writes running text. */
export function writeText(text: Text): Markup {
  return markup`${text.map(writeInline)}`;
}

/** Writes a time as `m:ss.mmm`, leading to that time in the charts. */
export function writeTime(seconds: number): Markup {
  if (!Number.isFinite(seconds)) return markup`–`;
  const place = String(Math.round(seconds * 1e6) / 1e6);
  return markup`<a class="time" href="#t=${place}">${formatClock(seconds, 3)}</a>`;
}

function writeInline(inline: Inline): Markup {
  if (typeof inline === 'string') return markup`${inline}`;
  if ('strong' in inline) return markup`<strong>${inline.strong}</strong>`;
  if ('code' in inline) return markup`<code>${inline.code}</code>`;
  return writeTime(inline.time);
}
