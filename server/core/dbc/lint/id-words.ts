import type { NumberWord, Statement } from '../syntax/syntax-tree.ts';
import type { LintSubject } from './lint-subject.ts';

const listed = new WeakMap<LintSubject, ReadonlyMap<number, readonly NumberWord[]>>();

/** Finds every place that names the id of a message; the file is walked the first time only. */
export function listIds(subject: LintSubject, id: number): readonly NumberWord[] {
  let byId = listed.get(subject);
  if (byId === undefined) listed.set(subject, (byId = gatherIds(subject.tree.statements)));
  return byId.get(id) ?? [];
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
  switch (statement.kind) {
    case 'BO_':
    case 'BO_TX_BU_':
    case 'SIG_GROUP_':
    case 'VAL_':
    case 'SIG_VALTYPE_':
    case 'SG_MUL_VAL_':
      return statement.id;
    case 'CM_':
    case 'BA_':
    case 'BA_REL_': {
      const { object } = statement;
      return object?.scope === 'BO_' || object?.scope === 'SG_' ? object.id : undefined;
    }
    default:
      return undefined;
  }
}
