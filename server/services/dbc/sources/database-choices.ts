import { CtsError, type DbcChoice } from '#protocol';

/** `0=FILE`; without a number of a bus the database of all others. */
const CHOICE = /^(?:(\d{1,3})\s*=\s*)?(.*)$/s;

/**
 * Reads the setting `dbc_files`.
 *
 * @throws {CtsError} INVALID_CONFIGURATION for a bus beyond 255, and for one that is named twice.
 */
export function readDatabaseChoices(texts: readonly string[]): readonly DbcChoice[] {
  const choices = new Map<number | undefined, DbcChoice>();
  for (const text of texts) {
    const [, bus, path = ''] = CHOICE.exec(text) ?? [];
    const number = bus === undefined ? undefined : Number(bus);
    if (path === '' || (number !== undefined && number > 255))
      throw refuse(text, 'expected BUS=NAME or BUS=FILE with a bus from 0 to 255, or one NAME or FILE alone');
    if (choices.has(number)) throw refuse(text, `another entry names ${describeBus(number)}`);
    choices.set(number, number === undefined ? { path } : { bus: number, path });
  }
  return [...choices.values()];
}

function describeBus(bus: number | undefined): string {
  return bus === undefined ? 'the database of all other buses' : `bus ${String(bus)}`;
}

function refuse(text: string, why: string): CtsError {
  return new CtsError('INVALID_CONFIGURATION', `Cannot use "${text}" in dbc_files: ${why}`, {
    details: { key: 'dbc_files', value: text },
  });
}
