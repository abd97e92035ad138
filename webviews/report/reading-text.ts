/** Writes a time as `m:ss.mmm`. */
export function formatTime(seconds: number): string {
  const millis = Math.round(Math.abs(seconds) * 1000);
  const minutes = Math.floor(millis / 60_000);
  const rest = ((millis - minutes * 60_000) / 1000).toFixed(3).padStart(6, '0');
  return `${seconds < 0 && millis > 0 ? '−' : ''}${String(minutes)}:${rest}`;
}

/** Writes a value with four significant digits and its unit; `–` where there is none. */
export function formatValue(value: number | undefined, unit: string): string {
  if (value === undefined) return '–';
  const text = formatDigits(Math.abs(value));
  return `${value < 0 ? '−' : ''}${text}${unit === '' ? '' : `\u00a0${unit}`}`;
}

function formatDigits(size: number): string {
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return size.toPrecision(4).replace('e+', 'e');
  if (size < 1000) return String(Number(size.toPrecision(4)));
  return String(Math.round(size)).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u202f');
}
