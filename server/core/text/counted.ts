import { formatNumber } from '../report/number-text.ts';

/** Writes how many there are of something, for people: `1 message`, `12 800 frames`. */
export function countOf(count: number, singular: string): string {
  return `${formatNumber(count)} ${count === 1 ? singular : `${singular}s`}`;
}
