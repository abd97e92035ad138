import { formatFixed } from '../number-text.ts';

/** Values from the least to the greatest. */
export interface ValueSpan {
  readonly least: number;
  readonly most: number;
}

/** A place on an axis of values. */
export interface ValueTick {
  readonly value: number;
  readonly label: string;
}

const LEAST_PIXELS = 28;
/** A step is taken where labels would stand a pixel too near. */
const TOLERANCE = 1.03;
/** Longer numbers would be wider than the axis. */
const WIDEST = 99_999;

/** Places for labels on an axis of values, on steps of 1, 2 or 5, at most one per 28 pixels. */
export function placeValueTicks({ least, most }: ValueSpan, pixels: number): readonly ValueTick[] {
  const span = most - least;
  if (!(span > 0) || !Number.isFinite(span) || !(pixels > 0)) return [];
  const step = chooseStep((span / pixels) * LEAST_PIXELS);
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = (first + index) * step;
    return { value, label: label(value, step) };
  });
}

/** The next greater number of the form 1, 2 or 5 times a power of ten. */
function chooseStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const share = least / power;
  const factor = [1, 2, 5, 10].find((each) => share <= each * TOLERANCE) ?? 10;
  return factor * power;
}

function label(value: number, step: number): string {
  if (Math.abs(value) > WIDEST || (value !== 0 && step < 1e-4)) return formatPower(value);
  return formatFixed(value, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/** As few digits as it takes: "2e12". */
function formatPower(value: number): string {
  return Number(value.toPrecision(4)).toExponential().replace('e+', 'e').replaceAll('-', '−');
}
