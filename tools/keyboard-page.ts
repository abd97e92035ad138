import { CAN_KEYS } from '../webviews/log/can/can-keys.ts';
import { EVENTS_KEYS } from '../webviews/log/events/events-keys.ts';
import { COMMON_KEYS } from '../webviews/log/frame/keys-of-all-tabs.ts';
import { LOGS_KEYS } from '../webviews/log/logs/logs-keys.ts';
import { SIGNALS_KEYS } from '../webviews/log/signals/signals-keys.ts';
import type { KeyHelp } from '../webviews/shared/keys.ts';

const BEGIN = '<!-- keys begin: written by `npm run generate` -->';
const END = '<!-- keys end -->';

const GROUPS: readonly (readonly [string, readonly KeyHelp[]])[] = [
  ['Everywhere in a log', COMMON_KEYS],
  ['CAN', CAN_KEYS],
  ['Signals', SIGNALS_KEYS],
  ['Events', EVENTS_KEYS],
  ['Logs', LOGS_KEYS],
];

/**
 * Puts the keys of the pages where docs/KEYBOARD.md has its place for them.
 *
 * @throws {Error} where the page has no such place.
 */
export function fillKeys(page: string): string {
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (before === undefined || after === undefined)
    throw new Error(`docs/KEYBOARD.md must have the lines "${BEGIN}" and "${END}"`);
  return `${before}${BEGIN}\n\n${GROUPS.map(writeGroup).join('\n')}\n${END}${after}`;
}

function writeGroup([title, keys]: readonly [string, readonly KeyHelp[]]): string {
  const rows = keys.map((help) => `| ${writeKeys(help)} | ${help.does} |`);
  return [`## ${title}`, '', '| keys | what they do |', '|---|---|', ...rows, ''].join('\n');
}

const MODIFIERS: ReadonlySet<string> = new Set(['Ctrl', 'Alt', 'Shift']);

/** Modifiers go with each of the keys behind them: Alt+↑, Alt+↓. */
function writeKeys({ keys }: KeyHelp): string {
  const modifiers = keys.filter((key) => MODIFIERS.has(key));
  const others = keys.filter((key) => !MODIFIERS.has(key));
  return others.map((key) => `<kbd>${[...modifiers, key].join('+')}</kbd>`).join(' ');
}
