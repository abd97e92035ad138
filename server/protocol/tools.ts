/** One value that a tool takes. */
export interface ToolParameter {
  readonly name: string;
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  readonly description: string;
  readonly default?: string | number | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
}

/** What a tool is and takes, as `tools/list` publishes it. */
export interface ToolManifest {
  /** Stable name, in kebab case. */
  readonly id: string;
  readonly version: string;
  /** One line. */
  readonly summary: string;
  readonly description: string;
  readonly kind: 'analyzer' | 'monitor';
  readonly parameters: readonly ToolParameter[];
  /** JSON Schema of the parameters, for forms and clients. */
  readonly parametersSchema: Readonly<Record<string, unknown>>;
}

/** Values by parameter name; text is read as the parameter's type, as a command line gives it. */
export type ParameterValues = Readonly<Record<string, string | number | boolean>>;
