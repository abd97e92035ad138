import type { DatabaseSignal } from '../../model/database.ts';
import type { NumberWord } from '../../syntax/syntax-tree.ts';
import type { Findings } from '../findings.ts';
import type { LintSubject } from '../lint-subject.ts';
import { count, quote, relate, showName } from '../wording.ts';
import type { WrittenMessage } from '../written-messages.ts';

/** Checks which signals are floats, and whether they have the bits of one. */
export function checkValueTypes({ statements, messageById }: LintSubject, findings: Findings): void {
  for (const { id, signal: name, type } of statements.SIG_VALTYPE_) {
    const message = id === undefined ? undefined : messageById.get(id.value);
    if (type === undefined || message === undefined) continue;
    const signal = name === undefined ? undefined : message.findSignal(name.text);
    if (type.value !== 0 && type.value !== 1 && type.value !== 2) sayType(type, message, findings);
    else if (signal !== undefined && type.value !== 0) checkFloat(signal, type, { message, findings });
  }
}

function sayType(type: NumberWord, message: WrittenMessage, findings: Findings): void {
  findings.add('valtype-value', type, message, () => ({
    message: `There is no type ${quote(type.text)}: 0 is an integer, 1 a float of 32 bits, 2 one of 64; engines read an integer`,
  }));
}

function checkFloat(
  { statement }: DatabaseSignal,
  type: NumberWord,
  { message, findings }: { readonly message: WrittenMessage; readonly findings: Findings },
): void {
  const needed = type.value === 1 ? 32 : 64;
  const { length, name } = statement;
  if (length !== undefined && length.value !== needed)
    findings.add('float-size', type, message, () => ({
      message: `${showName(name)} is called a float of ${String(needed)} bits, but has ${count(length.value, 'bit')}: cantools reads floats of 16, 32 and 64 bits by their length, opendbc reads an integer`,
      related: [relate(length, 'Length of the signal')],
    }));
  findings.add('float-opendbc', type, message, () => ({
    message: `${showName(name)} is a float: opendbc reads its bits as an integer`,
    related: [relate(name ?? statement, 'The signal')],
  }));
}
