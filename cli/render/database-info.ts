import type { DbcInfo, DbcMessageInfo } from '#protocol';
import type { Output } from '../terminal.ts';
import { makeHarmless } from './harmless-text.ts';
import { formatCount, formatPlural } from './quantities.ts';
import { layOutTable } from './text-table.ts';

const COLUMNS = [
  { heading: 'id', align: 'right' },
  { heading: 'message' },
  { heading: 'bytes', align: 'right' },
  { heading: 'sender' },
  { heading: 'cycle', align: 'right' },
  { heading: 'signals', align: 'right' },
] as const;

/** Names have up to 128 letters for any reader; hostile ones have as many as the file. */
const MOST_NAME_LETTERS = 128;
const MOST_NAMES = 32;
const MOST_FACT_LETTERS = 2000;

/** Lines for people that tell what is in a DBC file. */
export function describeDatabase(info: DbcInfo, output: Output): readonly string[] {
  return [
    output.style('bold', makeHarmless(info.path)),
    ...layOutTable([{ heading: '' }, { heading: '' }], listFacts(info)).slice(1),
    '',
    ...(info.messages.length === 0
      ? ['The file has no message.']
      : withBoldHeading(
          layOutTable(COLUMNS, info.messages.toSorted(compareIds).map(listMessageCells)),
          output,
        )),
  ];
}

function listFacts(info: DbcInfo): readonly (readonly string[])[] {
  const { errors, warnings } = info.findings;
  const signals = info.messages.reduce((total, message) => total + message.signals.length, 0);
  const holds = `${formatPlural(info.messages.length, 'message')}, ${formatPlural(signals, 'signal')}`;
  const facts: readonly (readonly [string, string])[] = [
    ['holds', `${holds}, ${formatPlural(info.valueTables.length, 'value table')}`],
    ['version', info.version ?? ''],
    ['comment', info.comment ?? ''],
    ['nodes', info.nodes.map(({ name }) => name).join(', ')],
    ['attributes', info.attributes.map(({ name, value }) => `${name} ${String(value)}`).join(', ')],
    ['checksums', info.checksums ?? ''],
    ['made from', info.madeFrom.join(', ')],
    ['encoding', info.encoding],
    ['findings', `${formatPlural(errors, 'error')}, ${formatPlural(warnings, 'warning')}`],
  ];
  return facts
    .filter(([, text]) => text !== '')
    .map(([name, text]) => [`  ${name}`, makeHarmless(shorten(text, MOST_FACT_LETTERS))]);
}

function listMessageCells(message: DbcMessageInfo): readonly string[] {
  const { name, sizeBytes, transmitters, cycleTimeMs, signals } = message;
  return [
    formatId(message),
    showName(name),
    formatCount(sizeBytes),
    showNames(transmitters),
    cycleTimeMs === null ? '' : `${String(cycleTimeMs)} ms`,
    formatCount(signals.length),
  ];
}

/** Safe to print, and no longer than a table bears. */
export function showName(name: string): string {
  return makeHarmless(shorten(name, MOST_NAME_LETTERS));
}

/** The first of some names. */
export function showNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(showName).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${formatCount(names.length - MOST_NAMES)} more` : shown;
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** `0x13A`, `0x18FEF100`: three digits for 11 bits, eight for 29; `none` for an id that no frame has. */
export function formatId({ arbitrationId, isExtended }: DbcMessageInfo): string {
  if (arbitrationId < 0) return 'none';
  return `0x${arbitrationId
    .toString(16)
    .toUpperCase()
    .padStart(isExtended ? 8 : 3, '0')}`;
}

function compareIds(one: DbcMessageInfo, other: DbcMessageInfo): number {
  return Number(one.isExtended) - Number(other.isExtended) || one.arbitrationId - other.arbitrationId;
}

function withBoldHeading([heading = '', ...rows]: readonly string[], output: Output): readonly string[] {
  return [output.style('bold', heading), ...rows];
}
