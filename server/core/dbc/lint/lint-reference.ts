import type { LintGroup, LintRule } from './lint-rule.ts';
import { LINT_RULES } from './lint-rules.ts';

const TITLES: Readonly<Record<LintGroup, string>> = {
  text: 'How statements are written',
  sections: 'Sections and their order',
  names: 'Names',
  ids: 'Ids and sizes of messages',
  layout: 'Where signals lie',
  multiplexing: 'Multiplexing',
  values: 'Texts of values',
  attributes: 'Attributes',
  references: 'What statements name',
  opendbc: 'What only opendbc does not read',
  conventions: 'What is usual in opendbc',
};

const LEAD = [
  'Each finding has a code, which stays. How much it counts depends on the profile, that is on who will read the file:',
  '',
  '- `opendbc`: an error is what its parser drops or misreads without a word, or what is wrong in any case.',
  '- `candb++`: an error is what the description of the format, which Vector’s tools follow, does not allow.',
  '- `cantools`: an error is what makes cantools refuse the file as it loads it by default (strict).',
  '',
  'A file can allow findings itself: with `cts-lint: allow overlap` in the comment of a message or a signal, for it and',
  'wherever it is named; in a comment of the network (`CM_ "cts-lint: allow section-order, bs-missing";`) for the whole',
  'file. Such comments are part of the format, so that every tool keeps them.',
];

/** Writes the reference of all that is looked for, as Markdown: per group a table, per code an example and what engines do. */
export function formatLintReference(): string {
  const byGroup = new Map<LintGroup, [code: string, rule: LintRule][]>();
  for (const entry of Object.entries(LINT_RULES)) {
    const known = byGroup.get(entry[1].group);
    if (known === undefined) byGroup.set(entry[1].group, [entry]);
    else known.push(entry);
  }
  const groups = [...byGroup].map(([group, rules]) => formatGroup(TITLES[group], rules));
  return `${[...LEAD, '', ...groups.flat()].join('\n').trimEnd()}\n`;
}

function formatGroup(title: string, rules: readonly (readonly [code: string, rule: LintRule])[]): string[] {
  return [
    `### ${title}`,
    '',
    '| Code | What is found | opendbc | candb++ | cantools | Fix |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rules.map(([code, rule]) => formatRow(code, rule)),
    '',
    ...rules.flatMap(([code, rule]) => formatRule(code, rule)),
  ];
}

function formatRow(code: string, { summary, severity, fix }: LintRule): string {
  const cells = [
    `\`${code}\``,
    summary,
    severity.opendbc,
    severity['candb++'],
    severity.cantools,
    fix === undefined ? '' : 'yes',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function formatRule(code: string, rule: LintRule): string[] {
  const { summary, opendbc, cantools, vector, fix, example, exampleFixed, exampleFile } = rule;
  return [
    `#### \`${code}\``,
    '',
    `${summary}.`,
    '',
    `- opendbc: ${opendbc}.`,
    `- cantools: ${cantools}.`,
    ...(vector === undefined ? [] : [`- Vector’s tools: ${vector}.`]),
    ...(fix === undefined ? [] : [`- Fix: ${fix}.`]),
    '',
    ...formatExample(example, exampleFile === undefined ? '' : `, in a file named \`${exampleFile}\``),
    ...(exampleFixed === undefined ? [] : ['Without it:', '', ...formatText(exampleFixed)]),
  ];
}

function formatExample(example: string, place: string): string[] {
  return [`Found in${place === '' ? '' : place.slice(4)}:`, '', ...formatText(example)];
}

/** A byte order mark would not be seen. */
function formatText(text: string): string[] {
  return ['```dbc', text.trimEnd().replace('\uFEFF', '<U+FEFF>'), '```', ''];
}
