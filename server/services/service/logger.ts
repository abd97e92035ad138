/** Values that belong to a line, by name in camel case; lines carry them in snake case. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the service says what it does, for whoever runs it. Secrets are hidden in fields and texts, but nobody should
 * count on it.
 */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warning(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger whose lines all carry these fields, such as `requestId` and `runId`. */
  child(fields: LogFields): Logger;
}
