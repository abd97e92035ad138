import type { LogThumbnail } from '#protocol';
import { formatCount } from '../../shared/number-text.ts';
import { formatDuration } from '../../shared/time-text.ts';

/** As many pictures as have room, evenly over the log. */
export function chooseThumbnails(all: readonly LogThumbnail[], most: number): readonly LogThumbnail[] {
  if (all.length <= most) return all;
  const step = (all.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, place) => all[Math.round(place * step)]).filter(
    (thumbnail) => thumbnail !== undefined,
  );
}

/** How many there are and how often: "12, one each 5 s". */
export function summarizeThumbnails(all: readonly LogThumbnail[]): string {
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined) return 'none in this log';
  if (all.length < 2) return formatCount(all.length);
  const each = (last.seconds - first.seconds) / (all.length - 1);
  const text = each >= 1 && each < 60 ? `${String(Math.round(each * 10) / 10)}\u00A0s` : formatDuration(each);
  return `${formatCount(all.length)}, one each ${text}`;
}
