import { writeReport } from '../results/report-artifact.ts';
import { writeCsvTable, writeJsonTable } from '../results/table-artifact.ts';
import { writeMetadata } from '../results/metadata-artifact.ts';
import { writeTextFile } from '../results/text-artifact.ts';
import { readGivenDatabases } from '../reading/given-databases.ts';
import type { Analyzer, ToolContext } from '../tool.ts';
import { CANDIDATES, toCandidateRow } from './candidate-table.ts';
import { nameField, nameMessage } from './candidate-words.ts';
import { formatDbc } from './signal-dbc.ts';
import { readSearchInput } from './search-input.ts';
import { nameKnown } from './known-signals.ts';
import { checkSearchParameters, SEARCH_PARAMETERS, type SearchParameters } from './search-parameters.ts';
import { describeSearch } from './search-report.ts';
import { type SearchFindings, searchSignals } from './signal-search.ts';

/** Share of the work that is reading. */
const READING = 0.3;

/** Finds where in the frames a known quantity is. */
export const findSignal: Analyzer<typeof SEARCH_PARAMETERS> = {
  id: 'find-signal',
  version: '1.1.0',
  title: 'Signal Finder',
  summary: 'Which bits and fields of which messages carry a known quantity',
  description:
    'Compares every bit and every field (start, length, byte order, sign) of every message with something that is ' +
    'known: a number in the log such as carState.vEgo, or the times at which something was on. Ranks them by how well ' +
    'they explain it, with factor, offset and lag, names those that a DBC file already has, and writes the best as DBC.',
  input: { parameter: 'input', kinds: ['log', 'csv'], isRequired: true },
  outputTypes: ['text/csv', 'application/json', 'text/plain', 'text/html'],
  tables: [CANDIDATES],
  parameters: SEARCH_PARAMETERS,
  checkParameters: checkSearchParameters,
  async run(context) {
    const progress = { progress: { from: 0, to: READING } };
    const input = await readSearchInput(context.input, context.parameters, progress);
    const databases = await readGivenDatabases(context);
    const findings = await searchSignals(context, { ...input, databases });
    await writeFiles(context, findings);
    context.tell('INFO', summarize(findings));
  },
};

async function writeFiles(context: ToolContext<SearchParameters>, findings: SearchFindings): Promise<void> {
  const { artifacts } = context;
  const rows = findings.candidates.map((candidate, i) => toCandidateRow(candidate, i + 1, findings));
  await writeCsvTable(artifacts, { fileName: 'candidates.csv', schema: CANDIDATES, rows });
  await writeJsonTable(artifacts, { fileName: 'candidates.json', schema: CANDIDATES, rows });
  await writeTextFile(artifacts, { name: 'signals.dbc', mediaType: 'text/plain', text: formatDbc(findings) });
  await writeMetadata(context, {
    tool: findSignal,
    fileName: 'find-signal.analysis_meta.json',
    tables: [CANDIDATES],
  });
  await writeReport(context, {
    tool: findSignal,
    fileName: 'find-signal.report.html',
    report: describeSearch(findings),
  });
}

function summarize({ candidates: [best], reference, databases }: SearchFindings): string {
  if (best === undefined) return `Nothing varies with ${reference.name}.`;
  const { message, field, score } = best;
  const known = nameKnown(best, databases);
  const name = known === undefined ? '' : ` (${known})`;
  return `Best for ${reference.name}: ${nameMessage(best)} ${nameField(field, message.byteLength)}${name}, score ${score.toFixed(3)}.`;
}
