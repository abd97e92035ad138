import type { Database, DatabaseMessage } from '../model/database.ts';
import type { Statement } from '../syntax/syntax-tree.ts';

/** Statements of one kind, one behind the other. */
export interface StatementRun {
  readonly kind: Statement['kind'];
  /** Index of its first statement. */
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/**
 * Puts statements together by their kind: a file has thousands of them, but few kinds behind each other. Messages are
 * each a run of their own; of two runs with one kind, one may end where the other begins.
 */
export function listRuns(
  statements: readonly Statement[],
  { messages }: Pick<Database, 'messages'>,
): readonly StatementRun[] {
  const runs: StatementRun[] = [];
  let next = 0;
  let end = 0;
  while (end < statements.length) {
    const first = end;
    const { kind } = statements[first]!;
    const message = messages[next];
    end = kind === 'BO_' ? first + 1 : findEnd(statements, first + 1, kind);
    runs.push({ kind, first, end });
    if (message === undefined || message.statement !== statements[first]) continue;
    next++;
    if (!areNext(statements, end, message)) continue;
    runs.push({ kind: 'SG_', first: end, end: end + message.signals.length });
    end += message.signals.length;
  }
  return runs;
}

function findEnd(statements: readonly Statement[], from: number, kind: Statement['kind']): number {
  let end = from;
  while (end < statements.length && statements[end]!.kind === kind) end++;
  return end;
}

/** Whether what comes next are the signals of a message: where the last one is, the others are, too. */
function areNext(statements: readonly Statement[], from: number, { signals }: DatabaseMessage): boolean {
  const { length } = signals;
  return length > 0 && statements[from + length - 1] === signals[length - 1]!.statement;
}
