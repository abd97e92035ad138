const THIN_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';
const SIZE_UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** Whole numbers with thin spaces between thousands: `10 000`. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** Sizes as lists show them: `48.2 kB`. */
export function formatBytes(bytes: number): string {
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.95 && unit < SIZE_UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size.toFixed(1)}${NO_BREAK_SPACE}${SIZE_UNITS[unit] ?? ''}`;
}

/** How long something took: `0.66 s`, `12.3 s`, `3:05`, `1:02:00`. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.995) return `${seconds.toFixed(2)}${NO_BREAK_SPACE}s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)}${NO_BREAK_SPACE}s`;
  return formatClock(seconds);
}

/** A length of time as clocks show it: `1:06`, `1:02:00`. */
export function formatClock(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = String(whole % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}
