import { formatFixed } from '../text/fixed-decimal.ts';

/** Between thousands: narrow, and no line breaks there. */
const THIN_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';
const MINUS = '−';
/** From here on, and below its inverse, numbers have exponents. */
const LARGE = 1e15;

/** How a number is written. */
export interface NumberForm {
  /** Digits behind the point, 0 to 20; without it as many as the number has. */
  readonly digits?: number | undefined;
  readonly unit?: string | undefined;
}

/** Writes a number for people: thin spaces between thousands, a real minus, its unit behind a no-break space. */
export function formatNumber(value: number, { digits, unit }: NumberForm = {}): string {
  if (Number.isNaN(value)) return '–';
  const text = formatSize(Math.abs(value), digits);
  const isNegative = value < 0 && /[1-9∞]/.test(text);
  return `${isNegative ? MINUS : ''}${text}${unit === undefined || unit === '' ? '' : NO_BREAK_SPACE + unit}`;
}

/** Writes a number with four significant digits, as values at the cursor are. */
export function formatReading(value: number, unit = ''): string {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 1e-4 && size < 1e7);
  return formatNumber(isPlain && size < 1000 ? Number(value.toPrecision(4)) : roundLarge(value), { unit });
}

function roundLarge(value: number): number {
  return Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4 ? Number(value.toPrecision(4)) : Math.round(value);
}

function formatSize(size: number, digits: number | undefined): string {
  if (size === Infinity) return '∞';
  if (size >= LARGE || (digits === undefined && size > 0 && size < 1e-6)) {
    return size.toExponential(digits === undefined ? undefined : Math.min(digits, 20)).replace('e+', 'e');
  }
  const [whole = '', fraction] = (digits === undefined ? String(size) : formatFixed(size, digits)).split('.');
  const grouped = whole.length <= 3 ? whole : whole.replaceAll(/\B(?=(?:\d{3})+$)/g, THIN_SPACE);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
