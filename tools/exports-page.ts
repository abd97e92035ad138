import type { TableColumn, TableSchema } from '../server/core/table/table-schema.ts';
import type { Analyzer } from '../server/tools/tool.ts';

/** What the page needs of an analyzer. */
export type ExportingTool = Pick<Analyzer, 'id' | 'title' | 'summary' | 'tables'>;

/** Writes docs/EXPORTS.md: every table of every analyzer. */
export function writeExportsPage(tools: readonly ExportingTool[]): string {
  const exporting = tools.filter(({ tables = [] }) => tables.length > 0);
  const contents = exporting.map(
    ({ id, tables = [] }) => `- [${id}](#${id}): ${tables.map(({ name }) => `\`${name}\``).join(', ')}`,
  );
  return `${[INTRODUCTION, contents.join('\n'), ...exporting.flatMap(writeTool)].join('\n\n')}\n`;
}

const INTRODUCTION = `# Exports

Written by \`npm run generate\` from the tables in the tools; do not edit it.

A table \`NAME\` is the file \`NAME.csv\` or \`NAME.json\`, with a prefix in front of it where the tool has one. Its form has a name and a
number, such as \`edges.v1\`: the number rises when a column is renamed, removed or read in another way. Columns may be added at the
end: read them by name.

CSV is UTF-8 without a byte order mark. Rows end in CRLF, cells are quoted only where they hold a comma, a quote or a line break.
Some tools put lines of comment in front, which begin with \`#\` and end in LF. JSON is a list of objects, one a row, whose members
are the columns. An empty cell in CSV is \`null\` in JSON.

| type | in CSV | in JSON |
| --- | --- | --- |
| text | as it is | string, \`\\uXXXX\` for what is not ASCII |
| integer | \`43\` | \`43\` |
| float | \`1.5\`, \`2.0\`, \`1e-05\`: the fewest digits that read back as the same number | the same; \`NaN\` and \`Infinity\` are possible |
| boolean | \`True\`, \`False\` | \`true\`, \`false\` |
| floats | \`[2.0, 1.9]\`, in quotes | list of numbers |`;

function writeTool({ id, title, summary, tables = [] }: ExportingTool): readonly string[] {
  return [`## ${id}`, `${title}: ${uncapitalize(summary)}.`, ...tables.flatMap(writeTable)];
}

function writeTable({ name, version, description, columns }: TableSchema): readonly string[] {
  const rows = columns.map(writeColumn);
  const head = '| column | type | unit | what |\n| --- | --- | --- | --- |';
  const sentence = description.endsWith('.') ? description : `${description}.`;
  return [`### ${name}`, `${sentence} Form: \`${version}\`.`, [head, ...rows].join('\n')];
}

function writeColumn({ name, type, unit = '', description }: TableColumn): string {
  return `| ${[`\`${name}\``, type, unit, description].map(escapeCell).join(' | ')} |`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

function uncapitalize(text: string): string {
  // An abbreviation such as "CAN" keeps its letters.
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
