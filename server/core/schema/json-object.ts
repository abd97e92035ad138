/** An object as JSON has it, with members that nobody has looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a text that may be an object as JSON; undefined where it is none. */
export function parseJsonObject(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with members. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
