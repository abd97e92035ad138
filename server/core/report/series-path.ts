import type { ChartSeries } from '#protocol';

/** From points to pixels. */
export interface PathScale {
  /** Time at the left edge. */
  readonly from: number;
  /** Pixels a second. */
  readonly perSecond: number;
  /** The height of a value, in pixels from the top. */
  readonly placeValue: (value: number) => number;
}

/** A line as the `d` of an SVG path, in steps of 0.1 px; and its points, where they are far enough apart to be seen. */
export interface SeriesPath {
  readonly line: string;
  readonly dots: string;
}

/** Dots from so many pixels between points on. */
const DOT_PX = 8;

/** Draws a series as a path: relative steps keep it short. */
export function drawSeries(series: ChartSeries, scale: PathScale): SeriesPath {
  const pen = new Pen();
  const dots = new Pen();
  const hasDots = areDotsApart(series, scale);
  let isDown = false;
  for (let i = 0; i < series.seconds.length; i++) {
    const value = series.values[i] ?? NaN;
    const x = Math.round((series.seconds[i]! - scale.from) * scale.perSecond * 10);
    if (!Number.isFinite(value)) {
      if (isDown && series.isStepped) pen.across(x);
      isDown = false;
      continue;
    }
    const y = Math.round(scale.placeValue(value) * 10);
    if (!isDown) pen.move(x, y);
    else if (series.isStepped) pen.step(x, y);
    else pen.line(x, y);
    isDown = true;
    if (hasDots || isAlone(series, i)) dots.dot(x, y);
  }
  return { line: pen.path, dots: dots.path };
}

/** Whether a point has no neighbour, so that without a dot nothing would be seen of it. */
function isAlone({ values }: ChartSeries, i: number): boolean {
  return typeof values[i - 1] !== 'number' && typeof values[i + 1] !== 'number';
}

function areDotsApart({ seconds, isStepped }: ChartSeries, { perSecond }: PathScale): boolean {
  if (isStepped || seconds.length < 2) return false;
  return ((seconds[seconds.length - 1]! - seconds[0]!) * perSecond) / (seconds.length - 1) >= DOT_PX;
}

/** Writes a path with whole tenths of pixels, so that steps add up without error. */
class Pen {
  path = '';
  #x = 0;
  #y = 0;

  move(x: number, y: number): void {
    this.path += `M${writeTenths(x)} ${writeTenths(y)}`;
    this.#x = x;
    this.#y = y;
  }

  line(x: number, y: number): void {
    if (x === this.#x && y === this.#y) return;
    if (x === this.#x) this.path += `v${writeTenths(y - this.#y)}`;
    else if (y === this.#y) this.path += `h${writeTenths(x - this.#x)}`;
    else this.path += `l${joinPair(writeTenths(x - this.#x), writeTenths(y - this.#y))}`;
    this.#x = x;
    this.#y = y;
  }

  across(x: number): void {
    this.line(x, this.#y);
  }

  step(x: number, y: number): void {
    this.across(x);
    this.line(x, y);
  }

  /** A line of no length, which round ends make a dot. */
  dot(x: number, y: number): void {
    this.path += `M${writeTenths(x)} ${writeTenths(y)}h0`;
  }
}

/** Numbers need no space between them where the second one cannot be a part of the first. */
function joinPair(x: string, y: string): string {
  const isClear = y.startsWith('-') || (y.startsWith('.') && x.includes('.'));
  return isClear ? x + y : `${x} ${y}`;
}

/** Writes tenths as a decimal number, without a zero in front of the point. */
function writeTenths(tenths: number): string {
  const size = Math.abs(tenths);
  const digit = size % 10;
  const whole = (size - digit) / 10;
  const sign = tenths < 0 ? '-' : '';
  if (digit === 0) return sign + String(whole);
  return `${sign}${whole === 0 ? '' : String(whole)}.${String(digit)}`;
}
