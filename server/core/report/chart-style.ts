/** Colours of a chart that stands alone: those of the editor's own light and dark themes. */
interface Palette {
  readonly paper: string;
  readonly text: string;
  readonly muted: string;
  readonly fill: number;
  readonly tones: Readonly<Record<string, string>>;
}

const LIGHT: Palette = {
  paper: '#ffffff',
  text: '#3b3b3b',
  muted: '#616161',
  fill: 0.18,
  tones: {
    series1: '#0063d3',
    series2: '#c07d1b',
    series3: '#388a34',
    series4: '#652d90',
    series5: '#bf8803',
    series6: '#e51400',
    ok: '#388a34',
    warning: '#bf8803',
    error: '#e51400',
    note: '#0063d3',
  },
};

const DARK: Palette = {
  paper: '#1f1f1f',
  text: '#cccccc',
  muted: '#9d9d9d',
  fill: 0.24,
  tones: {
    series1: '#3794ff',
    series2: '#d18616',
    series3: '#89d185',
    series4: '#b180d7',
    series5: '#cca700',
    series6: '#f14c4c',
    ok: '#89d185',
    warning: '#cca700',
    error: '#f14c4c',
    note: '#3794ff',
  },
};

const FORM = [
  'text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}',
  '.title{font-size:15px;font-weight:600}',
  '.end{text-anchor:end}.middle{text-anchor:middle}',
  '.line,.mark,.grid,.lane{fill:none}',
  '.line{stroke-width:1.5;stroke-linejoin:round;vector-effect:non-scaling-stroke}',
  '.dots{fill:none;stroke-width:4;stroke-linecap:round;vector-effect:non-scaling-stroke}',
  '.mark{stroke-dasharray:2 2}',
  '.grid,.lane{stroke-opacity:.1}.zero{stroke-opacity:.24}',
  '.band{fill-opacity:.1}.gap{fill:url(#cts-hatch)}',
  '.halo{paint-order:stroke;stroke-width:3;stroke-linejoin:round}',
].join('');

/** The style of a chart that stands alone, for light and dark surroundings. */
export const CHART_STYLE = `${FORM}${writePalette(LIGHT)}@media(prefers-color-scheme:dark){${writePalette(DARK)}}`;

function writePalette({ paper, text, muted, fill, tones }: Palette): string {
  const rules = [
    `.paper{fill:${paper}}text{fill:${text}}.axis,.muted{fill:${muted}}.halo{stroke:${paper}}`,
    `.grid,.lane,.hatch{stroke:${text}}.band{fill:${text}}.box{fill-opacity:${String(fill)}}`,
    ...Object.entries(tones).map(
      ([tone, colour]) =>
        `.line.${tone},.dots.${tone},.mark.${tone},.box.${tone}{stroke:${colour}}.box.${tone},.point.${tone},.shape.${tone}{fill:${colour}}`,
    ),
    `.point{stroke:${paper}}`,
  ];
  return rules.join('');
}
