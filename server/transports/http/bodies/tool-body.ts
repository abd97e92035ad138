import type { ToolCapabilityBody, ToolManifest, ToolParameter } from '#protocol';

type ParameterBody = ToolCapabilityBody['parameters'][string];

/** Names of types as CTS-Lite had them. */
const TYPE_NAMES = {
  string: 'str',
  number: 'float',
  integer: 'int',
  boolean: 'bool',
  list: 'list',
} as const satisfies Record<ToolParameter['type'], ParameterBody['type']>;

/** A tool as HTTP shows it: its input stands among the parameters, as in CTS-Lite. */
export function toToolBody(tool: ToolManifest): ToolCapabilityBody {
  const parameters = tool.parameters.map(
    (parameter) => [parameter.name, toParameterBody(parameter)] as const,
  );
  return {
    id: tool.id,
    name: tool.title,
    summary: tool.summary,
    description: tool.description,
    category: tool.kind,
    version: tool.version,
    parameters: { ...describeInput(tool), ...Object.fromEntries(parameters) },
    params_schema: tool.parametersSchema,
    input_types: tool.input.kinds,
    output_types: tool.outputTypes,
  };
}

function describeInput({ kind, input }: ToolManifest): Record<string, ParameterBody> {
  if (kind === 'monitor') return {};
  return {
    [input.parameter]: {
      type: 'str',
      default: null,
      description: 'What is read: a path, or what stands in "input"',
      choices: null,
      required: input.isRequired,
      nargs: null,
      accepts: input.kinds,
    },
  };
}

function toParameterBody(parameter: ToolParameter): ParameterBody {
  return {
    type: TYPE_NAMES[parameter.type],
    default: parameter.default ?? null,
    description: parameter.description,
    choices: parameter.choices ?? null,
    required: false,
    nargs: nameArgumentCount(parameter.type),
    ...(parameter.minimum !== undefined && { minimum: parameter.minimum }),
    ...(parameter.maximum !== undefined && { maximum: parameter.maximum }),
    ...(parameter.accepts !== undefined && { accepts: parameter.accepts }),
    ...(parameter.byBus === true && { by_bus: true as const }),
  };
}

/** How many words follow the flag on a command line, in the notation of CTS-Lite. */
function nameArgumentCount(type: ToolParameter['type']): string | null {
  if (type === 'list') return '*';
  return type === 'boolean' ? '0' : null;
}
