import type { DbcEntry, DbcList } from '#protocol';
import { showPath } from '../transfer/shown-path.ts';
import type { Output } from '../terminal.ts';
import { makeHarmless } from './harmless-text.ts';
import { formatPlural } from './quantities.ts';
import { layOutTable } from './text-table.ts';

const MADE: Readonly<Record<DbcEntry['kind'], string>> = {
  file: 'file',
  template: 'from a template',
  scripted: 'by cts',
};

/** A table of databases for people. */
export function describeDatabaseList({ databases }: DbcList, output: Output): readonly string[] {
  const columns = ['database', 'made', 'path'].map((heading) => ({ heading }));
  const rows = databases.map(({ name, kind, path }) => [
    makeHarmless(name),
    MADE[kind],
    makeHarmless(showPath(path)),
  ]);
  const [heading = '', ...lines] = layOutTable(columns, rows);
  return [output.style('bold', heading), ...lines];
}

/** Lines that tell where was looked, what is not made, and what to do next. */
export function describeSearchPaths(
  { searchPaths, databases, notMade }: DbcList,
  output: Output,
): readonly string[] {
  return [
    ...searchPaths.map(({ path, databases: count, problem }) =>
      problem === null
        ? `${makeHarmless(showPath(path))}: ${formatPlural(count, 'database')}`
        : `${output.styleNote('yellow', 'warning')}: ${makeHarmless(path)}: ${makeHarmless(problem)}`,
    ),
    ...notMade.map(({ name, reason }) => `${makeHarmless(name)} is not made: ${makeHarmless(reason)}`),
    databases.length > 0
      ? 'A database can be named wherever a DBC file can: cts dbc info NAME, cts dbc decode LOG --dbc 0=NAME'
      : 'No database is known yet. Give the folder of an opendbc checkout, or of DBC files: --opendbc FOLDER, or CTS_OPENDBC.',
  ];
}
