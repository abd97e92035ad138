const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration for people, as CTS-Lite wrote it: `1.5s`, `2.0m`, `1.0h`. */
export function formatDuration(seconds: number): string {
  if (seconds < MINUTE) return `${seconds.toFixed(1)}s`;
  return seconds < HOUR ? `${(seconds / MINUTE).toFixed(1)}m` : `${(seconds / HOUR).toFixed(1)}h`;
}

/** How long something has been up, as CTS-Lite wrote it: `0d 2h 15m 30s`. */
export function formatUptime(seconds: number): string {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  return `${days}d ${hours}h ${minutes}m ${whole % MINUTE}s`;
}
