import type { AttributeDefinitionStatement, NumberWord, StringWord } from '../syntax/syntax-tree.ts';
import type { AttributeDefinition } from './database.ts';
import type { AttributeValue, DefinitionDraft } from './draft.ts';
import { readFinite } from './read-numbers.ts';

/** Makes the definition of an attribute; its default is put in later. */
export function createDefinition(statement: AttributeDefinitionStatement): DefinitionDraft {
  return {
    name: statement.name?.text ?? '',
    scope: statement.scope,
    type: readType(statement.type?.text),
    minimum: readFinite(statement.minimum),
    maximum: readFinite(statement.maximum),
    choices: statement.choices.map(({ text }) => text),
    defaultValue: undefined,
    statement,
  };
}

function readType(text: string | undefined): AttributeDefinition['type'] {
  switch (text) {
    case 'INT':
    case 'HEX':
    case 'FLOAT':
    case 'STRING':
    case 'ENUM':
      return text;
    default:
      return 'unknown';
  }
}

/**
 * Reads the value of an attribute as its definition has it: of an ENUM the text, where the index has one; of numbers a
 * number, and of a STRING a text, however they are written. Without a definition it is what is written.
 *
 * @returns Undefined where there is no value, or a number that is none.
 */
export function readAttributeValue(
  word: NumberWord | StringWord | undefined,
  definition: DefinitionDraft | undefined,
): AttributeValue | undefined {
  if (word === undefined) return undefined;
  const isNumber = 'value' in word;
  switch (definition?.type) {
    case 'ENUM':
      return isNumber ? (definition.choices[word.value] ?? readFinite(word)) : word.text;
    case 'STRING':
      return word.text;
    case 'INT':
    case 'HEX':
    case 'FLOAT':
      return isNumber ? readFinite(word) : readNumericText(word.text);
    default:
      return isNumber ? readFinite(word) : word.text;
  }
}

/** Reads the number that stands in a string; where none does, the text stays. */
function readNumericText(text: string): AttributeValue {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : text;
}
