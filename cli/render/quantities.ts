const GROUPED = new Intl.NumberFormat('en-US');

/** `85,560` */
export function formatCount(count: number): string {
  return GROUPED.format(count);
}

/** `1 event`, `85,560 events`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12.2 MB`; decimal units, as file managers show. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** `59.98 s`, `5 min 00.2 s`, `2 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(2)} s`;
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  if (minutes < 60)
    return `${String(minutes)} min ${((tenths - minutes * 600) / 10).toFixed(1).padStart(4, '0')} s`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `99.9`, and `0.017` where a tenth says nothing. */
export function formatRate(hertz: number): string {
  return hertz < 0.95 ? String(Number(hertz.toPrecision(2))) : hertz.toFixed(1);
}
