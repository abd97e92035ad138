import type { LoadReport, SessionState } from '#protocol';
import type { Tone } from '../../shared/chips.ts';
import { formatAmount, formatPercent } from '../../shared/number-text.ts';

/** A chip in words. */
export interface ChipText {
  readonly label: string;
  readonly tone: Tone;
  readonly title: string;
}

/** A car's name as people write it: "Toyota RAV4" of TOYOTA_RAV4. */
export function nameCar(fingerprint: string): string {
  const [brand = '', ...rest] = fingerprint.replaceAll('_', ' ').trim().split(/\s+/);
  const named = /^[A-Z]{4,}$/.test(brand) ? brand.charAt(0) + brand.slice(1).toLowerCase() : brand;
  return [named, ...rest].join(' ');
}

/** A dongle id of which only the ends are shown. */
export function maskDongle(dongleId: string): string {
  return dongleId.length <= 8 ? dongleId : `${dongleId.slice(0, 4)}…${dongleId.slice(-4)}`;
}

/** The load report in a word. */
export function describeLoad({ phase, fraction, report }: SessionState): ChipText {
  const problems = countProblems(report);
  if (phase === 'reading') {
    return { label: `Reading ${formatPercent(fraction)}`, tone: 'note', title: 'The log is being read' };
  }
  if (phase === 'stopped') return { label: 'Stopped', tone: 'warning', title: 'Reading was stopped' };
  if (phase === 'failed')
    return { label: 'Not readable', tone: 'error', title: 'Load report: nothing can be read' };
  if (report.isWhole && problems === 0)
    return { label: 'Complete', tone: 'ok', title: 'Load report: complete' };
  const title = `Load report: ${formatAmount(problems, 'problem')}`;
  return { label: report.isWhole ? 'Complete' : 'Partly readable', tone: 'warning', title };
}

function countProblems({ problems, segments }: LoadReport): number {
  return segments.reduce((sum, segment) => sum + segment.problems.length, problems.length);
}
