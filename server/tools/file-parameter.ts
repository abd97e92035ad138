import * as z from 'zod';
import type { ToolInput } from '#protocol';

/** What the file that a parameter names may be. */
export interface FileParameter {
  readonly kinds: ToolInput['kinds'];
  readonly description: string;
}

const name = z.string().min(1).max(4096);

/** A parameter that names one more file to read: a path, `upload:ID` or `artifact:ID`. */
export function fileParameter({ kinds, description }: FileParameter): z.ZodOptional<z.ZodString> {
  return name.optional().meta({ description, accepts: kinds });
}

/** A parameter that names several files to read. */
export function filesParameter({ kinds, description }: FileParameter): z.ZodDefault<z.ZodArray<z.ZodString>> {
  return z.array(name).max(100).default([]).meta({ description, accepts: kinds });
}
