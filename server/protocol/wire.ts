import type * as z from 'zod';

/** What a schema yields, as it travels: plain JSON that nobody changes. */
export type Wire<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

/** What may be sent where a schema is read: defaults may be left out. */
export type WireInput<Schema extends z.ZodType> = DeepReadonly<z.input<Schema>>;

/** The same value, read-only at every depth. */
export type DeepReadonly<Value> = Value extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;
