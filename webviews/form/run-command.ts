import type { ParameterValues } from '#protocol';
import { quoteForShell } from '../shared/shell-word.ts';

/** What is run on what. */
export interface AskedRun {
  readonly toolId: string;
  /** Empty where nothing is read. */
  readonly path: string;
  readonly parameters: ParameterValues;
}

/** The command that does the same in a terminal. */
export function writeRunCommand({ toolId, path, parameters }: AskedRun): string {
  const values = Object.entries(parameters).map(([name, value]) => {
    const text = Array.isArray(value) ? value.map(String).join(',') : String(value);
    return `-p ${quoteForShell(`${name}=${text}`)}`;
  });
  const input = path === '' ? [] : [`--path ${quoteForShell(path)}`];
  return ['cts run', toolId, ...input, ...values, '--wait'].join(' ');
}
