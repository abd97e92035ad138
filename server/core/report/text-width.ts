/** Pixels of an em in charts. */
const FONT_PX = 11;

const NARROW = new Set("iljtfrI.,:;'|!()[]{}·-− /\\\u202f\u00a0");
const WIDE = new Set('mwMW@%—…±');

/** Estimates how wide a text is in a chart, rather too wide than too narrow; in pixels. */
export function estimateTextWidth(text: string): number {
  let ems = 0;
  for (const sign of text) ems += estimateSign(sign);
  return ems * FONT_PX;
}

/** Cuts a text so that it fits, with an ellipsis. */
export function fitText(text: string, pixels: number): string {
  if (estimateTextWidth(text) <= pixels) return text;
  const signs = Array.from(text.slice(0, 400));
  while (signs.length > 0 && estimateTextWidth(`${signs.join('')}…`) > pixels) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

function estimateSign(sign: string): number {
  if (NARROW.has(sign)) return 0.36;
  if (WIDE.has(sign)) return 0.95;
  const code = sign.codePointAt(0) ?? 0;
  // Scripts of East Asia and pictures are square.
  if (code >= 0x2e80) return 1.1;
  return sign >= 'A' && sign <= 'Z' ? 0.72 : 0.6;
}
