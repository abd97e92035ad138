import type { ParameterValues, RunInput, ToolParameter } from '#protocol';
import type { Analyzer } from '../../tools/tool.ts';
import { type BusFile, formatBusFile, readBusFile } from '../../tools/file-parameter.ts';
import { describeTool } from '../../tools/tool-manifest.ts';
import type { InputPlace } from './run-executor.ts';
import { admitInput, type InputPorts, provideInput } from './run-inputs.ts';

/**
 * Checks that the files which parameters name are there and may be read; returns the parameters with their paths in
 * full.
 *
 * @throws {CtsError} as `admitInput`.
 */
export async function admitFiles(
  tool: Analyzer,
  parameters: ParameterValues,
  ports: InputPorts,
): Promise<ParameterValues> {
  const admitted: Record<string, ParameterValues[string]> = { ...parameters };
  for (const { name, type, byBus } of listFileParameters(tool)) {
    const references: string[] = [];
    for (const reference of listReferences(parameters[name])) {
      const { bus, file } = splitReference(reference, byBus);
      const { input } = await admitInput(readReference(file), ports);
      references.push(formatBusFile({ bus, file: formatReference(input) }));
    }
    const [first] = references;
    if (first !== undefined) admitted[name] = type === 'list' ? references : first;
  }
  return admitted;
}

/** Puts the files which parameters name where the process of a run finds them. */
export async function provideFiles(
  tool: Analyzer,
  { parameters, folder }: { readonly parameters: ParameterValues; readonly folder: string },
  ports: InputPorts,
): Promise<Readonly<Record<string, readonly InputPlace[]>>> {
  const files: Record<string, readonly InputPlace[]> = {};
  for (const { name, byBus } of listFileParameters(tool)) {
    const places: InputPlace[] = [];
    for (const [i, reference] of listReferences(parameters[name]).entries()) {
      const input = readReference(splitReference(reference, byBus).file);
      places.push(await provideInput(input, { folder, prefix: `${name}-${String(i)}-` }, ports));
    }
    if (places.length > 0) files[name] = places;
  }
  return files;
}

function listFileParameters(tool: Analyzer): readonly ToolParameter[] {
  return describeTool(tool).parameters.filter(({ accepts }) => accepts !== undefined);
}

function listReferences(value: ParameterValues[string] | undefined): readonly string[] {
  if (value === undefined) return [];
  return (typeof value === 'object' ? value : [value]).map(String);
}

function splitReference(reference: string, byBus: true | undefined): BusFile {
  return byBus === true ? readBusFile(reference) : { bus: undefined, file: reference };
}

/** A path, `upload:ID` or `artifact:ID`. */
function readReference(text: string): RunInput {
  const [, kind, id = ''] = /^(upload|artifact):(.+)$/.exec(text) ?? [];
  if (kind === 'upload') return { type: 'upload', uploadId: id };
  return kind === 'artifact' ? { type: 'artifact', artifactId: id } : { type: 'path', path: text };
}

function formatReference(input: RunInput): string {
  if (input.type === 'path') return input.path;
  return input.type === 'upload' ? `upload:${input.uploadId}` : `artifact:${input.artifactId}`;
}
