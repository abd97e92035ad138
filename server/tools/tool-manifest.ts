import * as z from 'zod';
import type { ToolInput, ToolManifest, ToolParameter } from '#protocol';
import type { Analyzer } from './tool.ts';

/** One member of a JSON Schema, as far as parameters use it. */
interface MemberSchema {
  readonly type?: Exclude<ToolParameter['type'], 'list'> | 'array';
  readonly description?: string;
  readonly default?: NonNullable<ToolParameter['default']>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly accepts?: ToolInput['kinds'];
  readonly byBus?: true;
}

const described = new WeakMap<Analyzer, ToolManifest>();

/** Describes a tool for people and clients; everything about its parameters comes from their one schema. */
export function describeTool(tool: Analyzer): ToolManifest {
  const manifest = described.get(tool) ?? makeManifest(tool);
  described.set(tool, manifest);
  return manifest;
}

function makeManifest(tool: Analyzer): ToolManifest {
  const parametersSchema = z.toJSONSchema(tool.parameters, { io: 'input' });
  return {
    id: tool.id,
    version: tool.version,
    title: tool.title,
    summary: tool.summary,
    description: tool.description,
    kind: 'analyzer',
    input: tool.input,
    outputTypes: tool.outputTypes,
    parameters: listParameters(parametersSchema.properties ?? {}),
    parametersSchema,
  };
}

function listParameters(members: Readonly<Record<string, unknown>>): readonly ToolParameter[] {
  return Object.entries(members).map(([name, schema]) => describeParameter(name, schema as MemberSchema));
}

function describeParameter(name: string, schema: MemberSchema): ToolParameter {
  return {
    name,
    type: schema.type === 'array' ? 'list' : (schema.type ?? 'string'),
    description: schema.description ?? '',
    ...(schema.default !== undefined && { default: schema.default }),
    ...(schema.minimum !== undefined && { minimum: schema.minimum }),
    ...(schema.maximum !== undefined && { maximum: schema.maximum }),
    ...(schema.enum !== undefined && { choices: schema.enum }),
    ...(schema.accepts !== undefined && { accepts: schema.accepts }),
    ...(schema.byBus === true && { byBus: true as const }),
  };
}
