import type { Run } from './runs.ts';
import type { ParameterValues, ToolManifest } from './tools.ts';

/** How words are written for the shell that they are pasted into. */
export type Shell = 'posix' | 'powershell';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** Writes one word of a command that is pasted: control characters, which terminals obey, become spaces. */
export function quoteWord(word: string, shell: Shell): string {
  const text = word.replaceAll(/\p{Cc}/gu, ' ');
  if (PLAIN.test(text)) return text;
  return shell === 'posix'
    ? `'${text.replaceAll("'", String.raw`'\''`)}'`
    : `'${text.replaceAll("'", "''")}'`;
}

/** The words of the `cts` command that does what a run did. Values that a tool takes by itself are left out. */
function listRunWords(
  run: Pick<Run, 'toolId' | 'input' | 'parameters'>,
  tool: ToolManifest | undefined,
): readonly string[] {
  return [
    'cts',
    'run',
    run.toolId,
    ...listInputWords(run.input),
    ...listParameterWords(run.parameters, tool),
  ];
}

/** The `cts` command that does what a run did. */
export function writeRunCommand(
  run: Pick<Run, 'toolId' | 'input' | 'parameters'>,
  tool: ToolManifest | undefined,
  shell: Shell,
): string {
  return [...listRunWords(run, tool), '--wait'].map((word) => quoteWord(word, shell)).join(' ');
}

function listInputWords(input: Run['input']): readonly string[] {
  if (input === null) return [];
  switch (input.type) {
    case 'path':
      return ['--path', input.path];
    case 'artifact':
      return ['--artifact', input.artifactId];
    case 'upload':
      return ['-p', `path=upload:${input.uploadId}`];
  }
}

/** `-p name=value` for every value that is not the tool's own. */
function listParameterWords(values: ParameterValues, tool: ToolManifest | undefined): readonly string[] {
  const defaults = new Map(tool?.parameters.map((parameter) => [parameter.name, parameter.default]));
  return Object.entries(values)
    .filter(([name, value]) => !isSame(value, defaults.get(name)))
    .flatMap(([name, value]) => ['-p', `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`]);
}

function isSame(value: unknown, standard: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(standard);
}
