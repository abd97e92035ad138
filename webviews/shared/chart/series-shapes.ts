/** Colours that series have, and as many series are in a chart at most. */
export const SERIES_COLOURS = 6;

/** Outlines around 0, 0; the colours 5 and 6 begin again. */
const SHAPES = [
  'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z',
  'M-3 -3h6v6h-6z',
  'M0 -4l4 7h-8z',
  'M0 -4.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z',
] as const;

/** The outline that stands for a colour, so that it never speaks alone. */
export function outlineOf(colour: number): string {
  return SHAPES[(colour - 1) % SHAPES.length] ?? SHAPES[0];
}
