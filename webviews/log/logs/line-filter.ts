import type { LogLineFilter } from '#protocol';

/** Services that carry text, in the order of their buttons. */
export const TEXT_SERVICES = ['logMessage', 'errorLogMessage', 'androidLog'] as const;

/** A service that carries text. */
export type TextService = (typeof TEXT_SERVICES)[number];

/** Levels, from the gravest on. */
export const LEVELS = ['error', 'warning', 'info', 'debug'] as const;

/** How grave a line is. */
export type Level = (typeof LEVELS)[number];

/** Which lines are shown, as the tab keeps it. */
export interface LineChoice {
  readonly text: string;
  readonly sources: readonly TextService[];
  /** The least grave level that is shown. */
  readonly lowest: Level;
  readonly isWrapped: boolean;
}

/** What is shown at first: all but what is written for the authors of a daemon. */
export const FIRST_LINES: LineChoice = { text: '', sources: TEXT_SERVICES, lowest: 'info', isWrapped: false };

/** What the engine is asked. */
export function toLineFilter({ text, sources, lowest }: LineChoice): LogLineFilter {
  const levels = LEVELS.slice(0, LEVELS.indexOf(lowest) + 1);
  return {
    ...(text === '' ? {} : { text }),
    ...(sources.length === TEXT_SERVICES.length ? {} : { sources }),
    ...(levels.length === LEVELS.length ? {} : { levels }),
  };
}

/** What a choice asks for, in words. */
export function describeLineChoice({ text, sources, lowest }: LineChoice): string {
  const parts = [
    ...(text === '' ? [] : [`Text “${text}”`]),
    ...(sources.length === TEXT_SERVICES.length ? [] : [sources.join(' and ') || 'no source']),
    ...(lowest === 'debug' ? [] : [`level ${lowest}${lowest === 'error' ? '' : ' and above'}`]),
  ];
  const words = parts.join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Reads a choice that was remembered; whatever it is, a choice comes back. */
export function readLineChoice(remembered: unknown): LineChoice {
  if (typeof remembered !== 'object' || remembered === null) return FIRST_LINES;
  const { text, sources, lowest, isWrapped } = remembered as Readonly<Record<string, unknown>>;
  const known = TEXT_SERVICES.filter((service) => Array.isArray(sources) && sources.includes(service));
  return {
    text: typeof text === 'string' ? text.slice(0, 500) : '',
    sources: known.length === 0 ? TEXT_SERVICES : known,
    lowest: LEVELS.find((level) => level === lowest) ?? FIRST_LINES.lowest,
    isWrapped: isWrapped === true,
  };
}
