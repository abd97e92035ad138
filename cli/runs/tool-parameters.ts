import type { ToolCapabilityBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import type { Service } from '../service/service.ts';
import { findProfile } from '../settings/config-file.ts';
import { readParameters, type ParameterValue } from './parameters.ts';
import { locateFile } from './run-input.ts';

/** Reads profile and `-p`, the latter counting more; what the tool takes is asked only when there is something. */
export async function readToolParameters(
  context: CommandContext,
  service: Service,
  {
    toolId,
    profile,
    param = [],
  }: { readonly toolId: string; readonly profile?: string; readonly param?: readonly string[] },
): Promise<Readonly<Record<string, ParameterValue>>> {
  const kept = profile === undefined ? {} : findProfile(await context.loadConfig(), profile);
  const fromProfile = Object.entries(kept).map(([name, value]) => `${name}=${value}`);
  if (fromProfile.length + param.length === 0) return {};
  const known = findTool(await service.http.ask('GET /v1/capabilities'), toolId)?.parameters;
  const values = { ...readParameters(fromProfile, known), ...readParameters(param, known) };
  return locateFiles(values, known, service);
}

/** Files that parameters name are found by a service with another current folder, too. */
function locateFiles(
  values: Readonly<Record<string, ParameterValue>>,
  known: ToolCapabilityBody['parameters'] = {},
  service: Service,
): Readonly<Record<string, ParameterValue>> {
  const located = Object.entries(values).map(([name, value]): [string, ParameterValue] => {
    const parameter = known[name.replaceAll('-', '_')];
    if (parameter?.accepts === undefined) return [name, value];
    const locate = (text: string): string => locateNamed(text, parameter.by_bus === true, service);
    return [name, typeof value === 'object' ? value.map(locate) : locate(String(value))];
  });
  return Object.fromEntries(located);
}

/** A file may be for one bus, as in `0=FILE`. */
function locateNamed(text: string, isByBus: boolean, service: Service): string {
  const [, bus = '', file = text] = (isByBus && /^(\d{1,3}=)(.+)$/s.exec(text)) || [];
  return bus + locateFile(file, service);
}

function findTool(
  { tools }: { readonly tools: readonly ToolCapabilityBody[] },
  toolId: string,
): ToolCapabilityBody | undefined {
  return tools.find(({ id }) => id === toolId);
}
