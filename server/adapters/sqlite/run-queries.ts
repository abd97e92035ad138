import type { RunSelection } from '../../services/runs/run-store.ts';
import type { RunRow } from './run-rows.ts';
import type { SqlConnection, SqlStatement } from './sql-connection.ts';

type Values = Readonly<Record<string, string | number>>;

interface Query {
  readonly sql: string;
  readonly values: Values;
}

/** Lists runs; however many there are, only those that are listed are read. */
export class RunQueries {
  readonly #connection: SqlConnection;
  /** By their text: a selection has few forms. */
  readonly #statements = new Map<string, SqlStatement<[Values]>>();
  readonly #findSequence: SqlStatement<[string], number>;
  readonly #findFirstSince: SqlStatement<[number], number | null>;

  constructor(connection: SqlConnection) {
    this.#connection = connection;
    this.#findSequence = connection.prepareColumn<[string], number>('SELECT seq FROM runs WHERE id = ?');
    this.#findFirstSince = connection.prepareColumn<[number], number | null>(
      'SELECT min(+seq) FROM runs INDEXED BY runs_by_time WHERE created_ms >= ?',
    );
  }

  count(selection: RunSelection): number {
    const { sql, values } = planCount(selection);
    const { total } = this.#prepare(sql).get(values) as { total: number };
    return total;
  }

  /** Newest first. */
  readPage(selection: RunSelection): readonly RunRow[] {
    const { sql, values } = planPage(selection, this.#findBounds(selection));
    return this.#prepare(sql).all(values) as RunRow[];
  }

  #findBounds({ before, since }: RunSelection): SequenceBounds {
    return {
      // An unknown run has none before it.
      end: before === undefined ? undefined : (this.#findSequence.get(before) ?? 0),
      start: since === undefined ? undefined : (this.#findFirstSince.get(Date.parse(since)) ?? Infinity),
    };
  }

  #prepare(sql: string): SqlStatement<[Values]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare<[Values]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** A stretch of the order in which runs were added. */
export interface SequenceBounds {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/**
 * The newest of each state are looked up in the order of an index, then put together. `+` keeps the planner from
 * walking the index of times, which has another order.
 */
export function planPage(
  { states, toolId, since, limit }: RunSelection,
  { start, end }: SequenceBounds,
): Query {
  const terms = ['seq < @end', 'seq >= @start'];
  if (toolId !== undefined) terms.push('tool_id = @toolId');
  if (since !== undefined) terms.push('+created_ms >= @since');
  const branches = (states?.map((_, index) => [`state = @state${index}`, ...terms]) ?? [terms]).map(
    (branch) =>
      `SELECT * FROM (SELECT seq FROM runs WHERE ${branch.join(' AND ')} ORDER BY seq DESC LIMIT @limit)`,
  );
  const found = branches.length === 0 ? 'SELECT NULL' : branches.join(' UNION ALL ');
  return {
    sql: `SELECT * FROM runs WHERE seq IN (${found}) ORDER BY seq DESC LIMIT @limit`,
    values: {
      ...valuesOf({ states, toolId, since }),
      limit,
      start: start ?? 0,
      end: end ?? Number.MAX_SAFE_INTEGER,
    },
  };
}

/** Is answered from an index alone. */
export function planCount({ states, toolId, since }: Omit<RunSelection, 'limit'>): Query {
  const terms = ['TRUE'];
  if (states !== undefined) terms.push(`state IN (${states.map((_, index) => `@state${index}`).join(', ')})`);
  if (toolId !== undefined) terms.push('tool_id = @toolId');
  if (since !== undefined) terms.push('created_ms >= @since');
  return {
    sql: `SELECT count(*) AS total FROM runs ${since === undefined ? '' : 'INDEXED BY runs_by_time'} WHERE ${terms.join(' AND ')}`,
    values: valuesOf({ states, toolId, since }),
  };
}

function valuesOf({
  states = [],
  toolId,
  since,
}: {
  readonly states: RunSelection['states'] | undefined;
  readonly toolId: string | undefined;
  readonly since: string | undefined;
}): Values {
  return {
    ...Object.fromEntries(states.map((state, index) => [`state${index}`, state])),
    ...(toolId !== undefined && { toolId }),
    ...(since !== undefined && { since: Date.parse(since) }),
  };
}
