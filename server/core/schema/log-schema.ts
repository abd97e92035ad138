import { CtsError } from '#protocol';
import type { FieldLayout, StructLayout } from './layout.ts';
import type { LayoutTable } from './layout-table.ts';
import { formerNameAt, type NameHistory } from './name-history.ts';
import { findNearestNames, offerNames } from '../text/nearest-names.ts';
import { readServiceRates, type ServiceRate, type ServiceRates } from './service-rates.ts';
import { type KnownPath, listKnownPaths, viewStruct } from './struct-view.ts';
import { findUnit } from './units.ts';

/** Fields of Event that are no services. */
const HEADER: readonly string[] = ['logMonoTime', 'valid'];

/** A member of the Event union. */
export interface Service {
  /** Union tag on the wire. */
  readonly tag: number;
  /** Name under the schema in use. */
  readonly name: string;
  readonly field: FieldLayout;
}

/** A field and the fields of the groups that lead to it, outermost first: the last is the one that was asked for. */
export type FieldChain = readonly FieldLayout[];

/** What a schema is made of. */
export interface LogSchemaParts {
  /** As `listSchemas` spells it. */
  readonly id: string;
  readonly table: LayoutTable;
  readonly history: NameHistory;
  /** Index of the release whose names are shown. */
  readonly release: number;
  /** For a fork: the newest mainline, by whose names its services are found as well. */
  readonly mainline?: LayoutTable;
}

/**
 * Layouts of everything that a log can hold, under the names of one mainline release or fork. Structs are read from
 * their table when they are first asked for.
 */
export class LogSchema {
  readonly id: string;
  readonly #parts: LogSchemaParts;
  readonly #structs: (StructLayout | undefined)[] = [];
  readonly #enums: (readonly string[] | undefined)[] = [];
  readonly #known: (readonly KnownPath[] | undefined)[] = [];
  /** Groups are numbered behind the table's own structs: which fields they hold depends on the release. */
  #nextGroup: number;
  readonly #eventNumber: number;
  #rates: ServiceRates | undefined;

  constructor(parts: LogSchemaParts) {
    this.id = parts.id;
    this.#parts = parts;
    this.#nextGroup = parts.table.structCount;
    this.#eventNumber = parts.table.findStruct('Event');
  }

  /** The root of every message. */
  get event(): StructLayout {
    return this.struct(this.#eventNumber);
  }

  /** The struct or group that a `ValueType` names by number. */
  struct(number: number): StructLayout {
    return (this.#structs[number] ??= this.#viewStruct(number));
  }

  /** Names of an enum's values; index is the value on the wire. Values past the end are newer than the schema. */
  enumNames(number: number): readonly string[] {
    return (this.#enums[number] ??= this.#viewEnum(number));
  }

  /** Number of the struct of a name as the newest schema has it; -1 when there is none. */
  findStruct(name: string): number {
    return this.#parts.table.findStruct(name);
  }

  /** The service of a union tag as it stands in an event; undefined where the schema knows none. */
  serviceOf(tag: number): Service | undefined {
    const field = this.event.members[tag];
    return field === undefined ? undefined : { tag, name: field.name, field };
  }

  /** Name of the service of a union tag; `unknown(<tag>)` where the schema knows none. */
  serviceName(tag: number): string {
    return this.event.members[tag]?.name ?? `unknown(${String(tag)})`;
  }

  /** How often a service is sent; undefined where nobody says. */
  rateOf(tag: number): ServiceRate | undefined {
    this.#rates ??= readServiceRates();
    return this.#rates.get(tag);
  }

  /** All services, by tag. */
  listServices(): readonly Service[] {
    return this.event.members.flatMap((_, tag) => this.serviceOf(tag) ?? []);
  }

  /**
   * Finds a service by any name that it ever had: the schema's own names first, then the newest, then former ones,
   * those that were in use last before others.
   *
   * @throws {CtsError} SERVICE_NOT_FOUND with the nearest names.
   */
  findService(name: string): Service {
    const field = this.event.members.find((member) => member?.name === name) ?? this.#findMember(name);
    if (field !== undefined) return { tag: field.discriminant, name: field.name, field };
    const nearest = findNearestNames(name, this.#memberNames());
    throw new CtsError(
      'SERVICE_NOT_FOUND',
      `No service "${name}" in schema ${this.id}. ${offerNames(nearest)}`.trim(),
      { details: { service: name, schema: this.id, nearest } },
    );
  }

  /**
   * Finds a field of a struct by any path that ever led to it, names separated by dots; the schema's own names first.
   *
   * @param number The struct or group; groups know no former names.
   * @returns Undefined when the struct never had such a field.
   */
  findField(number: number, path: string): FieldChain | undefined {
    const chain = this.#findNamed(this.struct(number), path.split('.'));
    if (chain !== undefined || number >= this.#parts.table.structCount) return chain;
    const ordinal = this.#ordinalOf(number, path);
    return ordinal === undefined ? undefined : this.#findOrdinal(this.struct(number), ordinal);
  }

  /** Unit of a field by the number of its struct and its ordinal; undefined where there is none, or nobody says. */
  unitOf(number: number, ordinal: number): string | undefined {
    const known = this.#knownPaths(number).find((each) => each.ordinal === ordinal);
    return known && findUnit(this.struct(number).name, known.path);
  }

  #findNamed(struct: StructLayout, [name, ...rest]: readonly string[]): FieldChain | undefined {
    const field = struct.fields.find((each) => each.name === name);
    if (field === undefined || rest.length === 0) return field && [field];
    if (field.type.kind !== 'group') return undefined;
    const inner = this.#findNamed(this.struct(field.type.number), rest);
    return inner && [field, ...inner];
  }

  #findOrdinal(struct: StructLayout, ordinal: number): FieldChain | undefined {
    for (const field of struct.fields) {
      if (field.ordinal === ordinal) return [field];
      if (field.type.kind !== 'group') continue;
      const inner = this.#findOrdinal(this.struct(field.type.number), ordinal);
      if (inner !== undefined) return [field, ...inner];
    }
    return undefined;
  }

  /** The ordinal of the field that a path leads to, or led to last. */
  #ordinalOf(number: number, path: string): number | undefined {
    const known = this.#knownPaths(number).filter((each) => each.path === path);
    return known.sort((a, b) => b.until - a.until)[0]?.ordinal;
  }

  #knownPaths(number: number): readonly KnownPath[] {
    const { table, history } = this.#parts;
    return (this.#known[number] ??= listKnownPaths(number, table, history));
  }

  #findMember(name: string): FieldLayout | undefined {
    const ordinal = this.#ordinalOf(this.#eventNumber, name) ?? this.#mainlineOrdinalOf(name);
    return this.event.members.find((member) => ordinal !== undefined && member?.ordinal === ordinal);
  }

  #mainlineOrdinalOf(name: string): number | undefined {
    const { mainline, history } = this.#parts;
    const known = mainline && listKnownPaths(this.#eventNumber, mainline, history);
    return known?.find(({ path }) => path === name)?.ordinal;
  }

  #memberNames(): string[] {
    const known = this.#knownPaths(this.#eventNumber).map(({ path }) => path);
    return [...this.listServices().map(({ name }) => name), ...known].filter(
      (name) => !HEADER.includes(name),
    );
  }

  #viewStruct(number: number): StructLayout {
    const { table, history, release } = this.#parts;
    return viewStruct(number, { table, history, release, addGroup: (group) => this.#addGroup(group) });
  }

  #addGroup(group: StructLayout): number {
    this.#structs[this.#nextGroup] = group;
    return this.#nextGroup++;
  }

  #viewEnum(number: number): readonly string[] {
    const { table, history, release } = this.#parts;
    const records = history.readEnum(number);
    return table.readEnum(number).map((name, value) => formerNameAt(records.get(value), release) ?? name);
  }
}
