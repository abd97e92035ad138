import type {
  AttributeDefaultStatement,
  AttributeDefinitionStatement,
  NumberWord,
  StringWord,
} from '../../syntax/syntax-tree.ts';
import { isPythonDecimal, sayNumberExpected } from '../attribute-numbers.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';
import type { WrittenDefinition } from '../written-statements.ts';
import { quote, relate } from '../wording.ts';

const TYPES: ReadonlySet<string> = new Set(['INT', 'HEX', 'FLOAT', 'STRING', 'ENUM']);
const NUMBERS: ReadonlySet<string> = new Set(['INT', 'HEX', 'FLOAT']);

type DefinitionsByName = ReadonlyMap<string, WrittenDefinition>;

/** Checks definitions of attributes and their defaults. */
export function checkAttributeDefinitions(subject: LintSubject, findings: Findings): void {
  const { statements, definitions, relationDefinitions } = subject;
  checkDefinitions(statements.BA_DEF_, findings);
  checkDefinitions(statements.BA_DEF_REL_, findings);
  checkDefaults(statements.BA_DEF_DEF_, definitions, findings);
  checkDefaults(statements.BA_DEF_DEF_REL_, relationDefinitions, findings);
  checkMissingDefaults(definitions, statements.BA_DEF_DEF_, findings);
  checkMissingDefaults(relationDefinitions, statements.BA_DEF_DEF_REL_, findings);
}

function checkDefinitions(statements: readonly AttributeDefinitionStatement[], findings: Findings): void {
  const first = new Map<string, StringWord>();
  for (const { name, type, minimum, maximum } of statements) {
    if (type !== undefined && !TYPES.has(type.text))
      findings.add('attr-type', type, undefined, () => ({
        message: `There is no type ${quote(type.text)}: INT, HEX, FLOAT, STRING and ENUM are known`,
      }));
    if (type !== undefined && NUMBERS.has(type.text)) checkBounds(minimum, maximum, findings);
    if (name === undefined) continue;
    const known = first.get(name.text);
    if (known === undefined) first.set(name.text, name);
    else
      findings.add('attr-dup', name, undefined, () => ({
        message: `${quote(name.text)} is defined a second time: the last definition counts`,
        related: [relate(known, 'The first of them')],
      }));
  }
}

function checkBounds(
  minimum: NumberWord | undefined,
  maximum: NumberWord | undefined,
  findings: Findings,
): void {
  if (minimum === undefined) return;
  if (maximum === undefined)
    findings.add('attr-bounds', minimum, undefined, () => ({
      message: 'There is a minimum, but no maximum: cantools refuses the file',
      severity: findings.profile === 'cantools' ? 'error' : undefined,
    }));
  else if (minimum.value > maximum.value)
    findings.add('attr-bounds', { start: minimum.start, end: maximum.end }, undefined, () => ({
      message: `The minimum ${quote(minimum.text)} is above the maximum ${quote(maximum.text)}`,
    }));
}

function checkDefaults(
  statements: readonly AttributeDefaultStatement[],
  definitions: DefinitionsByName,
  findings: Findings,
): void {
  for (const { name, value } of statements) {
    if (name === undefined || value === undefined) continue;
    const definition = definitions.get(name.text);
    if (definition === undefined)
      findings.add('attr-default', name, undefined, () => ({
        message: `There is a default of ${quote(name.text)}, but no definition`,
      }));
    else checkDefault(value, definition, findings);
  }
}

function checkDefault(
  value: NumberWord | StringWord,
  { name, type, choices, minimum, maximum }: WrittenDefinition,
  findings: Findings,
): void {
  const place = { start: value.start, end: value.end };
  const related = name === undefined ? [] : [relate(name, 'The definition')];
  if (type?.text === 'ENUM' && !isChoice(value, choices))
    findings.add('attr-default', place, undefined, () => ({
      message: `The default ${quote(value.text)} is none of the ${String(choices.length)} texts of ${quote(name?.text ?? '')}`,
      related,
    }));
  else if (type !== undefined && NUMBERS.has(type.text) && !('value' in value)) {
    const isRead = isPythonDecimal(value.text);
    findings.add('attr-default', place, undefined, () =>
      sayNumberExpected(value, { isRead, related, findings }),
    );
  } else if (
    'value' in value &&
    type !== undefined &&
    NUMBERS.has(type.text) &&
    isOutside(value, minimum, maximum)
  )
    findings.add('attr-default', place, undefined, () => ({
      message: `The default ${quote(value.text)} is outside ${minimum?.text ?? ''} to ${maximum?.text ?? ''}`,
      related,
    }));
}

/** A number is the index of a text, though a default is usually written as the text itself. */
function isChoice(value: NumberWord | StringWord, choices: readonly StringWord[]): boolean {
  if ('value' in value)
    return Number.isInteger(value.value) && value.value >= 0 && value.value < choices.length;
  return choices.some(({ text }) => text === value.text) || (value.text === '' && choices.length === 0);
}

function isOutside(
  value: NumberWord,
  minimum: NumberWord | undefined,
  maximum: NumberWord | undefined,
): boolean {
  if (minimum === undefined || maximum === undefined) return false;
  // `0 0` is how tools write that there are no bounds.
  if (minimum.value === 0 && maximum.value === 0) return false;
  return value.value < minimum.value || value.value > maximum.value;
}

function checkMissingDefaults(
  definitions: DefinitionsByName,
  defaults: readonly AttributeDefaultStatement[],
  findings: Findings,
): void {
  if (definitions.size === 0) return;
  const named = new Set(defaults.map(({ name }) => name?.text));
  for (const { name } of definitions.values()) {
    if (name === undefined || named.has(name.text)) continue;
    findings.add('attr-no-default', name, undefined, () => ({
      message: `${quote(name.text)} has no default: Vector's tools write one for every attribute`,
    }));
  }
}
