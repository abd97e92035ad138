import { CtsError } from '#protocol';
import { type FieldLayout, isPointerKind, type ValueType } from './layout.ts';
import type { FieldChain, LogSchema } from './log-schema.ts';
import { findNearestNames, offerNames } from '../text/nearest-names.ts';
import { listNumbersBelow } from './numeric-fields.ts';

/** One move from an event's content towards a value. */
export type PathStep =
  /** To the struct that the pointer at hand leads to; one that is not set leads to a struct of defaults. */
  | { readonly kind: 'struct' }
  /** To the list that the pointer at hand leads to; one that is not set leads to an empty list. */
  | { readonly kind: 'list'; readonly element: ValueType }
  /** To a pointer of the struct at hand. */
  | { readonly kind: 'pointer'; readonly slot: number }
  /** To an element of the list at hand: a struct. */
  | { readonly kind: 'elementStruct'; readonly index: number }
  /** To an element of the list at hand: a pointer. */
  | { readonly kind: 'elementPointer'; readonly index: number }
  /** Stays; there is no value unless this member of the struct's union is active. */
  | { readonly kind: 'member'; readonly unionByte: number; readonly tag: number };

/** The value where the steps have led. */
export type PathEnd =
  | { readonly kind: 'field'; readonly field: FieldLayout }
  | { readonly kind: 'element'; readonly index: number; readonly type: ValueType }
  | { readonly kind: 'length' }
  | { readonly kind: 'logMonoTime' }
  | { readonly kind: 'valid' };

/** Where a number lies in the events of a service. */
export interface FieldPath {
  /** As it was given. */
  readonly text: string;
  /** Union tag of the service; -1 for what every event has: `logMonoTime`, `valid`. */
  readonly tag: number;
  readonly steps: readonly PathStep[];
  readonly end: PathEnd;
  readonly unit: string | undefined;
  /** Names of an enum's values by value. */
  readonly labels: readonly string[] | undefined;
}

// A name may end in `@` and its ordinal, where the release at hand gives the plain name to another field.
const PATH = /^[A-Za-z_]\w*(?:@\d+)?(?:\[\d{1,9}\]|\.[A-Za-z_]\w*(?:@\d+)?)*$/;
const PART = /\[(\d+)\]|([\w@]+)/g;

/** A name, or an index into a list. */
type PathPart = string | number;

/**
 * Compiles a path such as `carState.vEgo`, `pandaStates[0].voltage`, `modelV2.position.x[3]`, `can.length`,
 * `logMonoTime`. Enums count as their values, Bools as 0 and 1. Names of any openpilot release are understood.
 *
 * @throws {CtsError} SERVICE_NOT_FOUND, or FIELD_NOT_FOUND when the path leads to no number; with the nearest names.
 */
export function compileFieldPath(schema: LogSchema, text: string): FieldPath {
  if (!PATH.test(text)) {
    throw new CtsError(
      'FIELD_NOT_FOUND',
      `"${text}" is no field path. Write it like carState.vEgo or can[0].src.`,
      {
        details: { path: text },
      },
    );
  }
  const parts = [...text.matchAll(PART)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
  return new PathCompiler(schema, text).compile(parts);
}

class PathCompiler {
  readonly #schema: LogSchema;
  readonly #text: string;
  readonly #steps: PathStep[] = [];
  #unit: string | undefined;

  constructor(schema: LogSchema, text: string) {
    this.#schema = schema;
    this.#text = text;
  }

  compile([first, ...rest]: readonly PathPart[]): FieldPath {
    const name = String(first);
    if (rest.length === 0 && (name === 'logMonoTime' || name === 'valid'))
      return this.#finish(-1, { kind: name });
    const service = this.#schema.findService(name);
    const end = this.#walk(service.field.type, rest, name);
    return this.#finish(service.tag, end);
  }

  #finish(tag: number, end: PathEnd): FieldPath {
    const type = end.kind === 'field' ? end.field.type : end.kind === 'element' ? end.type : undefined;
    const labels = type?.kind === 'enum' ? this.#schema.enumNames(type.number) : undefined;
    const unit = end.kind === 'length' ? undefined : end.kind === 'logMonoTime' ? 'ns' : this.#unit;
    return { text: this.#text, tag, steps: this.#steps, end, unit, labels };
  }

  /** Goes on behind the pointer at hand, which leads to a value of `type` called `walked`. */
  #walk(type: ValueType, parts: readonly PathPart[], walked: string): PathEnd {
    const [part, ...rest] = parts;
    if (type.element !== undefined) {
      this.#steps.push({ kind: 'list', element: type.element });
      if (part === 'length' && rest.length === 0) return { kind: 'length' };
      if (typeof part === 'number') return this.#walkElement(type.element, part, { rest, walked });
    } else if (type.kind === 'struct' && typeof part === 'string') {
      this.#steps.push({ kind: 'struct' });
      return this.#walkField(type.number, parts, walked);
    }
    throw this.#createNotNumber(type, walked, part);
  }

  #walkElement(
    type: ValueType,
    index: number,
    { rest, walked }: { rest: readonly PathPart[]; walked: string },
  ): PathEnd {
    const element = `${walked}[${index}]`;
    if (type.kind === 'struct') {
      if (typeof rest[0] !== 'string') throw this.#createNotNumber(type, element, rest[0]);
      this.#steps.push({ kind: 'elementStruct', index });
      return this.#walkField(type.number, rest, element);
    }
    if (isPointerKind(type.kind)) {
      this.#steps.push({ kind: 'elementPointer', index });
      return this.#walk(type, rest, element);
    }
    if (rest.length > 0) throw this.#createNotNumber(type, element, rest[0]);
    return { kind: 'element', index, type };
  }

  #walkField(number: number, parts: readonly PathPart[], walked: string): PathEnd {
    const { chain, taken } = this.#findField(number, parts);
    const field = chain?.at(-1);
    if (chain === undefined || field === undefined) throw this.#createNotFound(number, parts, walked);
    this.#addMemberChecks(number, chain);
    this.#unit = this.#schema.unitOf(number, field.ordinal);
    const rest = parts.slice(taken);
    const name = `${walked}.${parts.slice(0, taken).join('.')}`;
    if (isPointerKind(field.type.kind)) {
      this.#steps.push({ kind: 'pointer', slot: field.slot });
      return this.#walk(field.type, rest, name);
    }
    if (rest.length > 0 || field.type.kind === 'group' || field.type.kind === 'void') {
      throw this.#createNotNumber(field.type, name, rest[0]);
    }
    return { kind: 'field', field };
  }

  /** A field of a group takes two names: `deprecated.gas`. */
  #findField(
    number: number,
    [name, inner]: readonly PathPart[],
  ): { chain: FieldChain | undefined; taken: number } {
    if (typeof inner === 'string') {
      const chain = this.#schema.findField(number, `${String(name)}.${inner}`);
      if (chain !== undefined) return { chain, taken: 2 };
    }
    return { chain: this.#schema.findField(number, String(name)), taken: 1 };
  }

  #addMemberChecks(number: number, chain: FieldChain): void {
    let struct = this.#schema.struct(number);
    for (const { discriminant, type } of chain) {
      if (discriminant >= 0)
        this.#steps.push({ kind: 'member', unionByte: struct.unionByte, tag: discriminant });
      if (type.kind === 'group') struct = this.#schema.struct(type.number);
    }
  }

  #createNotFound(number: number, [name]: readonly PathPart[], walked: string): CtsError {
    const names = this.#schema.struct(number).fields.map((field) => field.name);
    const nearest = findNearestNames(String(name), names);
    return this.#createError(`${walked} has no field "${String(name)}". ${offerNames(nearest)}`, nearest);
  }

  #createNotNumber(type: ValueType, walked: string, part: PathPart | undefined): CtsError {
    const below = listNumbersBelow(this.#schema, type).map((suffix) => `${walked}${suffix}`);
    const offer = below.length > 0 ? `Numbers in it: ${below.join(', ')}.` : '';
    const problem =
      part === undefined ? 'is no number' : `has no ${typeof part === 'number' ? `[${part}]` : `"${part}"`}`;
    return this.#createError(`${walked} ${problem}. ${offer}`, below);
  }

  #createError(message: string, nearest: readonly string[]): CtsError {
    return new CtsError('FIELD_NOT_FOUND', message.trim(), { details: { path: this.#text, nearest } });
  }
}
