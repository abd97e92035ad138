import { readFileSync } from 'node:fs';

/**
 * Most resident memory that this process had so far, in bytes.
 *
 * Linux counts what the parent occupied at the fork into the peak that `process.resourceUsage` tells; the kernel's own
 * mark, VmHWM, begins at the exec.
 */
export function readPeakRss(): number {
  const kilobytes = process.platform === 'linux' ? readHighWaterMark() : undefined;
  return (kilobytes ?? process.resourceUsage().maxRSS) * 1024;
}

function readHighWaterMark(): number | undefined {
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return match === null ? undefined : Number(match[1]);
}
