import type { ChartTone } from '#protocol';
import { type Markup, markup } from './markup.ts';

const CIRCLE = 'M5 1a4 4 0 1 1 0 8a4 4 0 1 1 0-8z';
const SQUARE = 'M1.5 1.5h7v7h-7z';
const TRIANGLE = 'M5 .8l4.6 8H.4z';
const DIAMOND = 'M5 .2l4.8 4.8l-4.8 4.8l-4.8-4.8z';

const SHAPES: Readonly<Record<ChartTone, string>> = {
  series1: CIRCLE,
  series2: SQUARE,
  series3: TRIANGLE,
  series4: DIAMOND,
  series5: CIRCLE,
  series6: SQUARE,
  ok: CIRCLE,
  warning: TRIANGLE,
  error: SQUARE,
  note: DIAMOND,
};

/** Draws the shape that says the same as a colour, 10 px wide and high. */
export function drawShape(tone: ChartTone): Markup {
  return markup`<path class="shape ${tone}" d="${SHAPES[tone]}"/>`;
}
