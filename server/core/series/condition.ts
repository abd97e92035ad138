/** What stands between two values, or before one. */
export type ConditionOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '|'
  | '^'
  | '&'
  | '<<'
  | '>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

/** What stands before a value. */
export type ConditionSign = '!' | '-' | '~';

/** One step of a condition: it takes its values from a stack, and puts what it gives there. */
export type ConditionStep =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly index: number }
  /** The number behind a text of the name that it is compared with. */
  | { readonly kind: 'text'; readonly text: string; readonly nameIndex: number }
  | { readonly kind: 'sign'; readonly sign: ConditionSign }
  | { readonly kind: 'operator'; readonly operator: ConditionOperator };

/** A condition that can be tried on rows: `ACCEL_NET < 0 && byte2 == 0x24`. */
export interface Condition {
  /** What it refers to, each once. */
  readonly names: readonly string[];
  /** In the order in which they are done: operands first. */
  readonly steps: readonly ConditionStep[];
  /** Values that are on the stack at once, at most. */
  readonly depth: number;
}

/** Why a text is no condition. */
export interface ConditionProblem {
  /** A sentence for people, with the place. */
  readonly problem: string;
}
