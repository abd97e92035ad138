import type { Run } from '#protocol';
import { describeInput } from './run-words.ts';

/** What a run was made of, as a text that can be compared with another run's: the same lines in the same order. */
export function writeRunDocument(run: Run): string {
  const parameters = Object.fromEntries(
    Object.entries(run.parameters).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
  const document = { tool: run.toolId, version: run.toolVersion, input: describeInput(run), parameters };
  return `${JSON.stringify(document, null, 2)}\n`;
}
