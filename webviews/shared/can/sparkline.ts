import './sparkline.css';
import { makeSvg, setAttribute } from '../element.ts';
import { formatValue } from '../number-text.ts';

/** What a sparkline draws. */
export interface SparklineContent {
  readonly name: string;
  /** Least and greatest of each column in turn; NaN: nothing there. */
  readonly columns: Float32Array;
  /** Whether a value holds until the next. */
  readonly isStepped: boolean;
  /** Where the time cursor stands, 0 to 1; null outside. */
  readonly cursor: number | null;
  /** Class of its colour. */
  readonly seriesClass: string;
}

const WIDTH = 132;
const HEIGHT = 18;

/** Draws the picture of a signal, 132 by 18, into a cell; what stays the same is not touched. */
export function fillSparkline(cell: HTMLElement, content: SparklineContent): void {
  const { name, columns, isStepped, cursor, seriesClass } = content;
  const [low, high] = findLimits(columns);
  const svg = cell.querySelector('svg') ?? makePicture(cell);
  const [line, mark] = svg.children;
  if (line === undefined || mark === undefined) return;
  setAttribute(svg, 'class', `sparkline ${seriesClass}`);
  setAttribute(svg, 'aria-label', `${name}: from ${formatValue(low)} to ${formatValue(high)}`);
  setAttribute(line, 'd', drawSparkline(columns, { low, high, isStepped }));
  setAttribute(line, 'stroke-dasharray', low === high ? '3 3' : 'none');
  setAttribute(mark, 'd', cursor === null ? '' : `M${(cursor * WIDTH).toFixed(1)} 0V${String(HEIGHT)}`);
}

function makePicture(cell: HTMLElement): SVGSVGElement {
  const mark = makeSvg('path', { class: 'sparkline-cursor' });
  const svg = makeSvg('svg', { width: WIDTH, height: HEIGHT, role: 'img' }, makeSvg('path'), mark);
  cell.replaceChildren(svg);
  return svg;
}

/** Least and greatest of all columns; NaN without any. */
export function findLimits(columns: Float32Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of columns) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [NaN, NaN];
}

interface SparklineScale {
  readonly low: number;
  readonly high: number;
  readonly isStepped: boolean;
}

/** The path of a sparkline: one stroke a column; a gap is a gap. */
export function drawSparkline(columns: Float32Array, { low, high, isStepped }: SparklineScale): string {
  const height = high > low ? high - low : 2;
  const base = high > low ? low : low - 1;
  const count = columns.length >> 1;
  const y = (value: number): string => (HEIGHT - 2 - ((value - base) / height) * (HEIGHT - 4)).toFixed(1);
  let path = '';
  let isDown = false;
  for (let column = 0; column < count; column += 1) {
    const [least = NaN, greatest = NaN] = [columns[2 * column], columns[2 * column + 1]];
    if (Number.isNaN(least)) {
      isDown = false;
      continue;
    }
    const x = (((column + 0.5) / count) * WIDTH).toFixed(1);
    if (!isDown) path += `M${x} ${y(least)}`;
    else path += isStepped ? `H${x}V${y(least)}` : `L${x} ${y(least)}`;
    if (least !== greatest) path += `V${y(greatest)}`;
    isDown = true;
  }
  return path;
}
