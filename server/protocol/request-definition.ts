import type * as z from 'zod';

/** One request: what it takes and gives, and what it is for. */
export interface RequestDefinition {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  readonly summary: string;
}
