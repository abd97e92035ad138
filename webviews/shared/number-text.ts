const THIN_SPACE = '\u2009';
const NO_BREAK_SPACE = '\u00A0';
const MINUS = '\u2212';
/** What stands where there is no value. */
export const NO_VALUE = '\u2013';

/** A whole number, thousands apart: "85 560". Four digits stay together only in what is not counted. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return NO_VALUE;
  const digits = String(Math.abs(Math.trunc(count)));
  const grouped = digits.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
  return count < 0 ? MINUS + grouped : grouped;
}

/** A number with a fixed count of decimals, thousands apart. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const [whole = '0', rest] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
  const text = rest === undefined ? grouped : `${grouped}.${rest}`;
  const isNegative = value < 0 && /[1-9]/.test(text);
  return isNegative ? MINUS + text : text;
}

/** A measured value at four significant digits, without zeros that say nothing; whole numbers stay whole. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return formatCount(value);
  if (size >= 1e9 || size < 1e-4) return formatExponent(value);
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(size)));
  const text = formatFixed(value, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function formatExponent(value: number): string {
  return value.toExponential(3).replace('e+', 'e').replaceAll('-', MINUS);
}

/** A value and its unit, never broken apart; no unit, no space. */
export function formatWithUnit(text: string, unit: string): string {
  return unit === '' ? text : text + NO_BREAK_SPACE + unit;
}

/** A size: "30 B", "9.4 kB", "31.9 MB". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return NO_VALUE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return formatWithUnit(unit === 0 ? formatCount(size) : formatFixed(size, 1), units[unit] ?? '');
}

/** A rate: one decimal below 10 Hz, none above; two where one would say nothing. */
export function formatRate(rateHz: number | null): string {
  if (rateHz === null) return NO_VALUE;
  if (rateHz > 0 && rateHz < 0.095) return formatFixed(rateHz, 2);
  return formatFixed(rateHz, rateHz < 9.95 ? 1 : 0);
}

/** A share in whole percent: "39 %". Never 0 or 100 where something is left. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return NO_VALUE;
  return `${formatCount(roundShare(share))}${THIN_SPACE}%`;
}

function roundShare(share: number): number {
  if (share > 0 && share < 0.01) return 1;
  if (share > 0.99 && share < 1) return 99;
  return Math.round(share * 100);
}

/** A count and what is counted: "1 event", "2 events". */
export function formatAmount(count: number, one: string, many = `${one}s`): string {
  return formatWithUnit(formatCount(count), count === 1 ? one : many);
}

/** An arbitration id: "0x1D2", extended ones with eight digits. */
export function formatArbitrationId(id: number): string {
  const digits = id > 0x7ff ? 8 : 3;
  return `0x${id.toString(16).toUpperCase().padStart(digits, '0')}`;
}
