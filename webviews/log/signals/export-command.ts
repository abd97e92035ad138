import type { SeriesInfo } from '#protocol';
import { quoteWord } from '#protocol';
import type { TimeRange } from '../../shared/time-range.ts';
import { messageOf } from './series-texts.ts';

/** What the command exports. */
export interface ExportedView {
  readonly path: string;
  readonly series: readonly SeriesInfo[];
  /** Null: the whole log. */
  readonly range: TimeRange | null;
  /** Paths of the databases that signals are read with, by bus. */
  readonly databases: ReadonlyMap<number, string>;
}

/** The command that writes the same series as a table. */
export function writeExportCommand({ path, series, range, databases }: ExportedView): string {
  const fields = series.filter(({ origin }) => origin === 'field').map(({ key }) => key);
  const signals = series
    .filter(({ origin }) => origin === 'signal')
    .map(({ bus, source, label }) => `${String(bus)}:${messageOf(source)}.${label}`);
  const buses = new Set(series.map(({ bus }) => bus).filter((bus) => bus !== null));
  const files = [...buses].flatMap((bus) => {
    const file = databases.get(bus);
    return file === undefined ? [] : [`${bus}=${file}`];
  });
  const parameters = [
    ...(fields.length === 0 ? [] : [`fields=${fields.join(',')}`]),
    ...(signals.length === 0 ? [] : [`signals=${signals.join(',')}`]),
    ...(files.length === 0 ? [] : [`dbc=${files.join(',')}`]),
    ...(range === null ? [] : [`time_from=${roundTime(range.from)}`, `time_to=${roundTime(range.to)}`]),
  ];
  const values = parameters.map((text) => `-p ${quoteWord(text, 'posix')}`);
  return ['cts run signals-export', `--path ${quoteWord(path, 'posix')}`, ...values, '--wait'].join(' ');
}

/** To milliseconds: nobody reads more of a command. */
function roundTime(seconds: number): string {
  return String(Math.round(seconds * 1000) / 1000);
}
