import type {
  Condition,
  ConditionOperator,
  ConditionProblem,
  ConditionSign,
  ConditionStep,
} from './condition.ts';
import { type ConditionToken, listTokens } from './condition-tokens.ts';

/** Longer texts are nobody's condition. */
const MOST_CHARS = 500;
/** Parentheses and signs inside each other. */
const MOST_NESTED = 100;

/** What binds least stands first; operators of one line bind the same. */
const PRECEDENCE: readonly (readonly ConditionOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  // Bits bind more than comparisons: byte2 & 0x0F == 3 asks for the lower half of the byte.
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const COMPARISONS = 2;
const SIGNS: readonly ConditionSign[] = ['!', '-', '~'];

/**
 * Reads a condition: names, numbers (`36`, `0x24`, `0b100`, `1e-3`), texts of values in quotes, `== != < <= > >=`,
 * `&& || !` or `and or not`, `+ - * / %`, `& | ^ ~ << >>` and parentheses. Nothing of it is run as a program.
 */
export function parseCondition(text: string): Condition | ConditionProblem {
  if (text.length > MOST_CHARS)
    return { problem: `A condition has at most ${MOST_CHARS} characters, this one ${text.length}` };
  const tokens = listTokens(text);
  return 'problem' in tokens ? tokens : new ConditionParser(tokens).parse();
}

/** A condition that cannot be read. */
class Unreadable extends Error {}

class ConditionParser {
  readonly #tokens: readonly ConditionToken[];
  readonly #names: string[] = [];
  readonly #steps: ConditionStep[] = [];
  #next = 0;
  #nested = 0;
  #height = 0;
  #depth = 0;

  constructor(tokens: readonly ConditionToken[]) {
    this.#tokens = tokens;
  }

  parse(): Condition | ConditionProblem {
    try {
      this.#readLevel(0);
      if (this.#token.kind !== 'end') throw this.#expect('an operator such as && or <');
      return this.#refuseLoneTexts() ?? { names: this.#names, steps: this.#steps, depth: this.#depth };
    } catch (error) {
      if (error instanceof Unreadable) return { problem: error.message };
      throw error;
    }
  }

  get #token(): ConditionToken {
    return this.#tokens[this.#next] ?? END;
  }

  /** Reads what binds at least so much. */
  #readLevel(level: number): void {
    const operators = PRECEDENCE[level];
    if (operators === undefined) {
      this.#readSigned();
      return;
    }
    this.#readLevel(level + 1);
    for (let read = 0; ; read++) {
      const operator = this.#takeOperator(operators);
      if (operator === undefined) return;
      if (level === COMPARISONS && read > 0)
        throw new Unreadable('Comparisons in a row are not understood: write 1 < X && X < 3');
      this.#readLevel(level + 1);
      if (level === COMPARISONS) this.#joinText();
      this.#push({ kind: 'operator', operator }, -1);
    }
  }

  #readSigned(): void {
    const sign = SIGNS.find((each) => this.#token.kind === 'symbol' && this.#token.text === each);
    if (sign === undefined) {
      this.#readValue();
      return;
    }
    this.#next++;
    this.#enter(() => {
      this.#readSigned();
    });
    this.#push({ kind: 'sign', sign }, 0);
  }

  #readValue(): void {
    const { kind, text, value } = this.#token;
    if (kind === 'symbol' && text === '(') {
      this.#next++;
      this.#enter(() => {
        this.#readLevel(0);
      });
      if (this.#token.text !== ')' || this.#token.kind !== 'symbol') throw this.#expect('“)”');
      this.#next++;
      return;
    }
    if (kind === 'number') this.#push({ kind, value }, 1);
    else if (kind === 'name') this.#push({ kind, index: this.#indexOf(text) }, 1);
    else if (kind === 'text') this.#push({ kind, text, nameIndex: -1 }, 1);
    else throw this.#expect('a name or a number');
    this.#next++;
  }

  /** A text stands for the number that it names in the signal on the other side. */
  #joinText(): void {
    const [left, right] = [this.#steps.at(-2), this.#steps.at(-1)];
    if (left?.kind === 'name' && right?.kind === 'text')
      this.#steps[this.#steps.length - 1] = { ...right, nameIndex: left.index };
    if (left?.kind === 'text' && right?.kind === 'name')
      this.#steps[this.#steps.length - 2] = { ...left, nameIndex: right.index };
  }

  #refuseLoneTexts(): ConditionProblem | undefined {
    const lone = this.#steps.find((step) => step.kind === 'text' && step.nameIndex < 0);
    if (lone?.kind !== 'text') return undefined;
    return { problem: `“${lone.text}” stands alone: compare a signal with it, as in GEAR == "${lone.text}"` };
  }

  #enter(read: () => void): void {
    if (++this.#nested > MOST_NESTED)
      throw new Unreadable('There are too many parentheses inside each other');
    read();
    this.#nested--;
  }

  #takeOperator(operators: readonly ConditionOperator[]): ConditionOperator | undefined {
    const { kind, text } = this.#token;
    const operator = kind === 'symbol' ? operators.find((each) => each === text) : undefined;
    if (operator !== undefined) this.#next++;
    return operator;
  }

  #indexOf(name: string): number {
    const known = this.#names.indexOf(name);
    return known >= 0 ? known : this.#names.push(name) - 1;
  }

  #push(step: ConditionStep, grows: number): void {
    this.#steps.push(step);
    this.#height += grows;
    this.#depth = Math.max(this.#depth, this.#height);
  }

  #expect(what: string): Unreadable {
    const { kind, text, at } = this.#token;
    if (kind === 'end') return new Unreadable(`The condition ends where ${what} belongs`);
    return new Unreadable(`“${text}” stands at character ${at + 1}, where ${what} belongs`);
  }
}

const END: ConditionToken = { kind: 'end', text: '', value: NaN, at: 0 };
