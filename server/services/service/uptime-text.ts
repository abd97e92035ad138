const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Words a time as `/v1/health` of CTS-Lite does: `0d 2h 15m 30s`. Parts of seconds are left out. */
export function formatUptime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  return `${days}d ${hours}h ${minutes}m ${whole % MINUTE}s`;
}
