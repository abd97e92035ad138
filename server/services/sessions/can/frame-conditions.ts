import type { Condition } from '../../../core/series/condition.ts';
import { findAdmittedRows } from '../../../core/series/condition-rows.ts';
import { parseCondition } from '../../../core/series/condition-syntax.ts';
import { findFrameColumn, type FrameColumn } from './frame-columns.ts';
import type { FoundMessage } from './log-databases.ts';
import type { LogMessages } from './log-messages.ts';

/** Conditions whose frames are kept. */
const KEPT = 16;
/** Frames that are tried at once: memory is that of their columns. */
const CHUNK_ROWS = 32_768;

/** Which frames are asked for. */
export interface ConditionQuery {
  readonly messages: LogMessages;
  /** Number of the message in its index. */
  readonly message: number;
  readonly found: FoundMessage | undefined;
  readonly condition: string | undefined;
}

/** Frames that a condition admits. */
export interface AdmittedFrames {
  /** Places among the rows of the message, ascending; undefined: all. Valid until the next question. */
  readonly places: Uint32Array | undefined;
  /** Why the condition is not understood: then it admits all. */
  readonly problem: string | undefined;
}

const ALL: AdmittedFrames = { places: undefined, problem: undefined };

/** Finds the frames of messages that conditions admit, and keeps them while the log grows. */
export class FrameConditions {
  readonly #kept = new Map<string, TriedCondition>();

  find(query: ConditionQuery): AdmittedFrames {
    const { condition = '' } = query;
    if (condition.trim() === '') return ALL;
    const tried = this.#recall(query) ?? TriedCondition.create(query);
    if ('problem' in tried) return { places: undefined, problem: tried.problem };
    this.#keep(keyOf(query), tried);
    return { places: tried.update(), problem: undefined };
  }

  #recall(query: ConditionQuery): TriedCondition | undefined {
    const known = this.#kept.get(keyOf(query));
    return known?.isCurrent(query) === true ? known : undefined;
  }

  #keep(key: string, tried: TriedCondition): void {
    this.#kept.delete(key);
    this.#kept.set(key, tried);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

function keyOf({ messages, message, condition }: ConditionQuery): string {
  const { index } = messages;
  return `${String(index.busOf(message))}:${String(index.arbitrationIdOf(message))}:${condition ?? ''}`;
}

/** A condition on the frames of one message. */
class TriedCondition {
  readonly #query: ConditionQuery;
  readonly #condition: Condition;
  readonly #columns: readonly FrameColumn[];
  readonly #index: unknown;
  readonly #moves: number;
  /** Frames that have been tried. */
  #tried = 0;
  #places = new Uint32Array(1024);
  #length = 0;

  private constructor(query: ConditionQuery, condition: Condition, columns: readonly FrameColumn[]) {
    this.#query = query;
    this.#condition = condition;
    this.#columns = columns;
    this.#index = query.messages.index;
    this.#moves = query.messages.index.movesOf(query.message);
  }

  static create(query: ConditionQuery): TriedCondition | { readonly problem: string } {
    const condition = parseCondition(query.condition ?? '');
    if ('problem' in condition) return condition;
    const columns: FrameColumn[] = [];
    for (const name of condition.names) {
      const column = findFrameColumn(name, query.found);
      if ('problem' in column) return column;
      columns.push(column);
    }
    return new TriedCondition(query, condition, columns);
  }

  /** Whether what was found still holds for what is asked. */
  isCurrent({ messages, message, found }: ConditionQuery): boolean {
    const { index } = messages;
    const isSameOrder = this.#index === index && this.#moves === index.movesOf(message);
    return isSameOrder && this.#query.messages === messages && this.#query.found?.message === found?.message;
  }

  /** Tries the frames that were read since, and gives the places of all that are admitted. */
  update(): Uint32Array {
    const { messages, message } = this.#query;
    const rows = messages.index.borrowRows(message);
    while (this.#tried < rows.length) {
      const chunk = rows.subarray(this.#tried, this.#tried + CHUNK_ROWS);
      this.#append(this.#try(chunk));
      this.#tried += chunk.length;
    }
    return this.#places.subarray(0, this.#length);
  }

  #try(rows: Uint32Array): Uint32Array {
    const { table } = this.#query.messages;
    const columns = this.#columns.map((column) => column.read(table, rows));
    const readText = (name: number, text: string): number => this.#columns[name]?.readText(text) ?? NaN;
    return findAdmittedRows(this.#condition, { length: rows.length, columns, readText });
  }

  #append(places: Uint32Array): void {
    const needed = this.#length + places.length;
    if (needed > this.#places.length)
      this.#places = new Uint32Array(this.#places.buffer.transfer(8 * needed));
    for (const place of places) this.#places[this.#length++] = this.#tried + place;
  }
}
