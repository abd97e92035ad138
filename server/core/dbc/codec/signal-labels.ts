import type { DatabaseSignal } from '../model/database.ts';

/** Finds the text of a raw value; undefined where it has none. Of floats, `raw` is the number, not its bits. */
export function labelOf(
  { labels }: Pick<DatabaseSignal, 'labels'>,
  raw: number | bigint,
): string | undefined {
  return labels?.get(Number(raw));
}

/** Finds the raw value that a text stands for, of several the first; undefined where there is no such text. */
export function findLabelled({ labels }: Pick<DatabaseSignal, 'labels'>, text: string): number | undefined {
  for (const [raw, label] of labels ?? []) if (label === text) return raw;
  return undefined;
}
