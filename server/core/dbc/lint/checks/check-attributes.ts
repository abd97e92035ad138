import type { AttributeScope, NumberWord, StringWord } from '../../syntax/syntax-tree.ts';
import { isPythonDecimal, sayNumberExpected } from '../attribute-numbers.ts';
import type { RelatedPlace } from '../diagnostic.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';
import type { WrittenAttribute, WrittenDefinition } from '../written-statements.ts';
import { quote, relate } from '../wording.ts';

/** Lists in which cantools looks up the index of a message while it loads a file. */
const LOOKED_UP: ReadonlySet<string> = new Set(['VFrameFormat', 'GenMsgSendType']);

/** A value of an attribute, and how it is defined. */
interface SetAttribute {
  readonly name: StringWord;
  readonly value: NumberWord | StringWord;
  readonly definition: WrittenDefinition;
}

/** Checks values of attributes against their definitions. */
export function checkAttributes(subject: LintSubject, findings: Findings): void {
  const { statements, attributes, definitions, relationDefinitions } = subject;
  for (const written of attributes) {
    const attribute = resolve(written, definitions, findings);
    if (attribute === undefined) continue;
    checkScope(attribute, written.scope, findings);
    checkValue(attribute, written, findings);
  }
  for (const statement of statements.BA_REL_) {
    const attribute = resolve(statement, relationDefinitions, findings);
    if (attribute === undefined) continue;
    if (statement.scope !== undefined) checkScope(attribute, statement.scope, findings);
    checkValue(attribute, undefined, findings);
  }
  checkTwice(attributes, findings);
}

function resolve(
  { name, value }: Pick<WrittenAttribute, 'name' | 'value'>,
  definitions: ReadonlyMap<string, WrittenDefinition>,
  findings: Findings,
): SetAttribute | undefined {
  if (name === undefined || value === undefined) return undefined;
  const definition = definitions.get(name.text);
  if (definition !== undefined) return { name, value, definition };
  findings.add('attr-undefined', name, undefined, () => ({
    message: `${quote(name.text)} is set, but not defined: cantools refuses the file`,
  }));
  return undefined;
}

function checkScope({ name, definition }: SetAttribute, scope: AttributeScope, findings: Findings): void {
  if (definition.scope === scope) return;
  findings.add('attr-scope', name, undefined, () => ({
    message: `${quote(name.text)} is set for ${nameScope(scope)}, but defined for ${nameScope(definition.scope)}`,
    related: [relate(definition.name ?? definition, 'The definition')],
  }));
}

function nameScope(scope: AttributeScope): string {
  return scope === 'network' ? 'the network' : scope;
}

function checkValue(
  attribute: SetAttribute,
  object: Pick<WrittenAttribute, 'scope'> | undefined,
  findings: Findings,
): void {
  switch (attribute.definition.type?.text) {
    case 'ENUM':
      checkChoice(attribute, object, findings);
      return;
    case 'STRING':
      if ('value' in attribute.value) sayTextExpected(attribute, findings);
      return;
    case 'INT':
    case 'HEX':
    case 'FLOAT':
      checkNumber(attribute, findings);
      return;
    default:
  }
}

function checkChoice(
  attribute: SetAttribute,
  object: Pick<WrittenAttribute, 'scope'> | undefined,
  findings: Findings,
): void {
  const { name, value, definition } = attribute;
  const { choices } = definition;
  if (!('value' in value)) {
    sayChoiceText(attribute, value, findings);
    return;
  }
  if (Number.isInteger(value.value) && value.value >= 0 && value.value < choices.length) return;
  findings.add('attr-enum-index', value, undefined, () => ({
    message: `${quote(value.text)} is no index of ${quote(name.text)}, which has ${String(choices.length)} texts, from 0`,
    related: [relate(definition.name ?? definition, 'The definition')],
    severity:
      findings.profile === 'cantools' && object?.scope === 'BO_' && LOOKED_UP.has(name.text)
        ? 'error'
        : undefined,
  }));
}

function sayChoiceText(
  { name, definition: { choices } }: SetAttribute,
  value: StringWord,
  findings: Findings,
): void {
  findings.add('attr-enum-text', value, undefined, () => {
    const index = choices.findIndex(({ text }) => text === value.text);
    const isRead = isPythonDecimal(value.text);
    const edits = [{ start: value.start, end: value.end, text: String(index) }];
    return {
      message: `${quote(name.text)} is set by the text ${quote(value.text)}, but an index is expected${index < 0 ? ', and it has no such text' : `: ${String(index)}`}; cantools ${isRead ? 'reads the number in it' : 'refuses the file'}`,
      severity: isRead && findings.profile === 'cantools' ? 'warning' : undefined,
      fix: index < 0 || isRead ? undefined : { title: `Write the index ${String(index)}`, edits },
    };
  });
}

function sayTextExpected({ name, value }: SetAttribute, findings: Findings): void {
  findings.add('attr-value', value, undefined, () => ({
    message: `${quote(name.text)} is a text, but is set to the number ${quote(value.text)}`,
  }));
}

function checkNumber({ name, value, definition }: SetAttribute, findings: Findings): void {
  const relateDefinition = (): readonly RelatedPlace[] => [
    relate(definition.name ?? definition, 'The definition'),
  ];
  if (!('value' in value)) {
    const isRead = isPythonDecimal(value.text);
    findings.add('attr-value', value, undefined, () =>
      sayNumberExpected(value, { isRead, related: relateDefinition(), findings }),
    );
    return;
  }
  if (definition.type?.text !== 'FLOAT' && !Number.isInteger(value.value))
    findings.add('attr-value', value, undefined, () => ({
      message: `${quote(name.text)} is an integer, but is set to ${quote(value.text)}: cantools cuts it`,
      related: relateDefinition(),
    }));
  else checkBounds({ name, value, definition }, findings);
}

function checkBounds(
  { name, value, definition }: SetAttribute & { readonly value: NumberWord },
  findings: Findings,
): void {
  const { minimum, maximum } = definition;
  if (minimum === undefined || maximum === undefined) return;
  // `0 0` is how tools write that there are no bounds.
  if (minimum.value === 0 && maximum.value === 0) return;
  if (value.value >= minimum.value && value.value <= maximum.value) return;
  findings.add('attr-range', value, undefined, () => ({
    message: `${quote(name.text)} is set to ${quote(value.text)}, outside ${minimum.text.slice(0, 30)} to ${maximum.text.slice(0, 30)}`,
    related: [relate(definition.name ?? definition, 'The definition')],
  }));
}

function checkTwice(attributes: readonly WrittenAttribute[], findings: Findings): void {
  const byName = new Map<string, Map<string | number, StringWord>>();
  for (const attribute of attributes) {
    const { name } = attribute;
    if (name === undefined) continue;
    let byObject = byName.get(name.text);
    if (byObject === undefined) byName.set(name.text, (byObject = new Map<string | number, StringWord>()));
    const key = nameObject(attribute);
    const known = byObject.get(key);
    if (known === undefined) byObject.set(key, name);
    else
      findings.add('attr-dup', name, undefined, () => ({
        message: `${quote(name.text)} is set a second time for the same: the last value counts`,
        related: [relate(known, 'The first of them')],
      }));
  }
}

/** Messages, of which most attributes are, by their id: a number needs no text to be made of it. */
function nameObject({ scope, idValue, signalText, statement }: WrittenAttribute): string | number {
  if (scope === 'BO_') return idValue;
  if (scope === 'SG_') return `${String(idValue)} ${signalText ?? ''}`;
  const { object } = statement;
  if (object.scope === 'BU_') return `BU_ ${object.node?.text ?? ''}`;
  return object.scope === 'EV_' ? `EV_ ${object.name?.text ?? ''}` : 'network';
}
