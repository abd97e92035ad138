/** Where the user stands, for names that are not whole paths. */
export interface Surroundings {
  /** Folders of the workspace. */
  readonly folders: readonly string[];
  readonly home: string | undefined;
}

const ABSOLUTE = /^(\/|[a-z]:[\\/]|\\\\)/i;
const PLAIN_NAME = /^[rq]log(\.(zst|bz2))?$/i;
const LINK = /^(?:https?:\/\/|(?:connect|useradmin)\.[a-z0-9.-]+\/)/i;
const LOG_ID = String.raw`\d{4}-\d\d-\d\d--\d\d-\d\d-\d\d|[0-9a-f]{8}--[0-9a-z]{10}`;
const ROUTE_IN_LINK = new RegExp(`([0-9a-f]{16})(?:[/|]|%7C)(${LOG_ID})`, 'i');
const ROUTE_NAME = new RegExp(
  `^(?<dongle>[0-9a-f]{16})[|/](?<log>${LOG_ID})(?:(?:--|/)(?<part>[-\\d:]+))?(?:/(?<kind>[arq]))?/?$`,
  'i',
);

/** What to call a log: its file, with its folder where the file is called like all others. */
export function nameLog(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const base = parts.at(-1) ?? path;
  const parent = parts.at(-2);
  return PLAIN_NAME.test(base) && parent !== undefined ? `${parent}/${base}` : base;
}

/** Whether a file is a log by its name; its first bytes decide in the end. */
export function isLogName(path: string): boolean {
  const base = path.split(/[\\/]/).at(-1) ?? '';
  return /(^|[.-])[rq]log(\.(zst|bz2))?$/i.test(base) || /^[rq]log--/i.test(base);
}

/**
 * Reads what somebody typed for a log: a path, or the name of a route in any spelling.
 *
 * @returns Paths that it may stand for, in their order; a route's name stands below a folder. None where it says nothing.
 */
export function listPlaces(text: string, { folders, home }: Surroundings): readonly string[] {
  const typed = text.trim();
  if (typed === '' || typed.length > 4096 || /\p{Cc}/u.test(typed)) return [];
  if (ABSOLUTE.test(typed)) return [typed];
  if (typed === '~' || typed.startsWith('~/')) return home === undefined ? [] : [home + typed.slice(1)];
  const name = readLink(typed) ?? joinName(typed);
  const roots = folders.length > 0 ? folders : home === undefined ? [] : [home];
  return roots.map((root) => `${root.replace(/[\\/]$/, '')}/${name}`);
}

/** A route in one word, which is what the tab of its editor is called. */
function joinName(text: string): string {
  const { dongle = '', log = '', part, kind } = ROUTE_NAME.exec(text)?.groups ?? {};
  if (log === '') return text;
  return `${dongle}|${log}${part === undefined ? '' : `--${part}`}${kind === undefined ? '' : `/${kind}`}`;
}

/** A link of connect or useradmin names its route in its path. */
function readLink(text: string): string | undefined {
  if (!LINK.test(text)) return undefined;
  const route = ROUTE_IN_LINK.exec(text);
  return route === null ? undefined : `${route[1] ?? ''}|${route[2] ?? ''}`.toLowerCase();
}
