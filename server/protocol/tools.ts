import * as z from 'zod';
import type { Wire } from './wire.ts';

/** What a file may be that a tool reads. */
export const InputKind = z
  .enum(['log', 'csv', 'text'])
  .describe('log: an openpilot log or a route; csv: CAN frames as rows; text: any other text');

/** What a file may be that a tool reads. */
export type InputKind = Wire<typeof InputKind>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** Values by parameter name; text is read as the parameter's type, as a command line gives it. */
export const ParameterValues = z
  .record(z.string().max(100), z.union([scalar, z.array(scalar).max(10_000)]))
  .meta({ id: 'ParameterValues' });

/** Values by parameter name; text is read as the parameter's type, as a command line gives it. */
export type ParameterValues = Wire<typeof ParameterValues>;

/** One value that a tool takes. */
export const ToolParameter = z
  .strictObject({
    name: z.string(),
    type: z.enum(['string', 'number', 'integer', 'boolean', 'list']),
    description: z.string(),
    default: z.union([scalar, z.array(scalar)]).exactOptional(),
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
    choices: z.array(z.string()).exactOptional(),
    accepts: z
      .array(InputKind)
      .exactOptional()
      .describe(
        'The value names a file to read, and this is what it may be: a path, upload:ID or artifact:ID',
      ),
    byBus: z
      .literal(true)
      .exactOptional()
      .describe('Files may be for one bus each: 0=FILE for bus 0, FILE for all that have no other'),
  })
  .meta({ id: 'ToolParameter' });

/** One value that a tool takes. */
export type ToolParameter = Wire<typeof ToolParameter>;

/** What a tool reads. */
export const ToolInput = z
  .strictObject({
    parameter: z
      .string()
      .describe('Name under which the input may also stand among the parameters, as in comma-tools'),
    kinds: z.array(InputKind).describe('What may be read'),
    isRequired: z.boolean(),
  })
  .meta({ id: 'ToolInput' });

/** What a tool reads. */
export type ToolInput = Wire<typeof ToolInput>;

/** What a tool is and takes, as `tools/list` publishes it. */
export const ToolManifest = z
  .strictObject({
    id: z.string().describe('Stable name, in kebab case'),
    version: z.string(),
    title: z.string().describe('Name for people'),
    summary: z.string().describe('One line'),
    description: z.string(),
    kind: z.enum(['analyzer', 'monitor']),
    input: ToolInput,
    outputTypes: z.array(z.string()).describe('Media types of what it leaves'),
    parameters: z.array(ToolParameter),
    parametersSchema: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of the parameters, for forms and clients'),
  })
  .meta({ id: 'ToolManifest' });

/** What a tool is and takes, as `tools/list` publishes it. */
export type ToolManifest = Wire<typeof ToolManifest>;

/** What `tools/get` is asked. */
export const ToolQuery = z.strictObject({ toolId: z.string().min(1).max(200) }).meta({ id: 'ToolQuery' });

/** What `tools/get` is asked. */
export type ToolQuery = Wire<typeof ToolQuery>;
