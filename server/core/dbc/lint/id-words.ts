import type { NumberWord, Statement } from '../syntax/syntax-tree.ts';
import type { LintSubject } from './lint-subject.ts';

const listed = new WeakMap<LintSubject['statements'], ReadonlyMap<number, readonly NumberWord[]>>();

/** Finds every place that names the id of a message; the file is walked the first time only. */
export function listIds({ statements, tree }: LintSubject): (id: number) => readonly NumberWord[] {
  let byId = listed.get(statements);
  if (byId === undefined) listed.set(statements, (byId = gatherIds(tree.statements)));
  return (id) => byId.get(id) ?? [];
}

function gatherIds(statements: readonly Statement[]): ReadonlyMap<number, readonly NumberWord[]> {
  const byId = new Map<number, NumberWord[]>();
  for (const statement of statements) {
    const id = findId(statement);
    if (id === undefined) continue;
    const known = byId.get(id.value);
    if (known === undefined) byId.set(id.value, [id]);
    else known.push(id);
  }
  return byId;
}

function findId(statement: Statement): NumberWord | undefined {
  if ('id' in statement) return statement.id;
  if ('object' in statement && statement.object !== undefined && 'id' in statement.object)
    return statement.object.id;
  return undefined;
}
