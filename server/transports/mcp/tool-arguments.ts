import * as z from 'zod';
import { CtsError } from '#protocol';

/** @throws {CtsError} INVALID_PARAMETER, with what is expected. */
export function readArguments<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  tool: string,
): z.output<Schema> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const reasons = read.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${z.core.toDotPath(path) || 'arguments'}: ${message}`);
  throw new CtsError('INVALID_PARAMETER', `Cannot read the arguments of ${tool}: ${reasons.join('; ')}`, {
    actions: ['Mend the arguments as the input schema of the tool says, and call it again.'],
  });
}
