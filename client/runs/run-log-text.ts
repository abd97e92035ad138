import type { RunLogEntry } from '#protocol';

const MOST_CHARACTERS = 10_000;

/** A line of a run's log as it stands in an output channel: escape sequences and other control characters show. */
export function writeLogLine({ timestamp, level, source, message }: RunLogEntry): string {
  const time = /T(\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(timestamp)?.[1] ?? timestamp.slice(0, 24);
  const text = message.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (character) =>
    character === '\t' ? '  ' : '\uFFFD',
  );
  const who = source === 'tool' ? '' : `(${source}) `;
  return `${time} ${level.padEnd(7)} ${who}${text.slice(0, MOST_CHARACTERS)}`;
}
