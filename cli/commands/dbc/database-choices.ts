import { CtsError, type DbcChoice } from '#protocol';

/** `0=a.dbc,1=b.dbc` holds two; a comma before anything but a bus belongs to a name. */
const BETWEEN_CHOICES = /,(?=\d{1,3}=)/;
const CHOICE = /^(\d{1,3})=(.+)$/s;
const LAST_BUS = 255;

/**
 * Reads what `--dbc` says: `FILE` for all buses, `BUS=FILE` for one.
 *
 * @throws {CtsError} INVALID_PARAMETER for a bus that there is not, or two databases for one bus.
 */
export function readDatabaseChoices(texts: readonly string[]): readonly DbcChoice[] {
  const choices = texts.flatMap((text) => text.split(BETWEEN_CHOICES).map(readChoice));
  const seen = new Set<number | undefined>();
  for (const { bus } of choices) {
    if (seen.has(bus)) throw refuse(`--dbc names two databases for ${nameBus(bus)}; name one`);
    seen.add(bus);
  }
  return choices;
}

function readChoice(text: string): DbcChoice {
  const [, busText, path] = CHOICE.exec(text) ?? [];
  if (path === undefined) {
    if (text.trim() !== '') return { path: text };
    throw refuse('--dbc is empty; give the path of a DBC file, or the name of a database');
  }
  const bus = Number(busText);
  if (bus <= LAST_BUS) return { bus, path };
  throw refuse(`--dbc ${text}: buses go from 0 to ${String(LAST_BUS)}`);
}

function nameBus(bus: number | undefined): string {
  return bus === undefined ? 'all buses' : `bus ${String(bus)}`;
}

function refuse(message: string): CtsError {
  return new CtsError('INVALID_PARAMETER', message, { details: { option: '--dbc' } });
}
