import { SeededRandom } from '../../tools/sample-log/seeded-random.ts';
import type { FuzzSeed } from './corpus.ts';
import type { CasePlace, FuzzCase } from './fuzz-case.ts';
import { BYTE_MUTATORS, splice } from './mutators.ts';

const MAX_CASE_BYTES = 128 * 1024;
const MAX_MUTATIONS = 8;

/** Pieces that mean something to somebody who reads DBC. */
const PIECES = [
  '"',
  '\\"',
  ';',
  '\n',
  '\r\n',
  '\r',
  ':',
  ',',
  '//',
  ' M ',
  ' m0 ',
  ' m1M ',
  'SG_ ',
  'BO_ ',
  'CM_ ',
  'BU_: ',
  'VAL_ ',
  '__proto__',
  'constructor',
  'Vector__XXX',
  'VECTOR__INDEPENDENT_SIG_MSG',
  '\u0000',
  '\ud800',
  '\ufeff',
  'é',
  ' SG_ X : 0|8@1+ (1,0) [0|0] "" Vector__XXX\n',
  'BO_ 7 Y: 64 Vector__XXX\n',
  'SG_MUL_VAL_ 7 X X 0-0;\n',
  'SIG_VALTYPE_ 7 X : 1;\n',
  'BA_ "GenMsgCycleTime" BO_ 7 1e999;\n',
];
const NUMBERS = ['0', '-1', '1', '64', '65', '2147483648', '4294967295', '4294967296', '9007199254740993'];
const WILD_NUMBERS = [
  '18446744073709551615',
  '1e999',
  '-1e999',
  '1e-999',
  '.5',
  '0x7F',
  '0,5',
  'NaN',
  '1e400000',
];

type TextMutator = (text: string, random: SeededRandom) => string;

const TEXT_MUTATORS: readonly TextMutator[] = [
  insertPiece,
  replaceNumber,
  replaceNumber,
  removeCharacter,
  removeLine,
  repeatLine,
  moveLine,
  renameWord,
  joinLines,
];

/** Makes a case of DBC text: of the files of others, changed as people and programs change them. */
export function createDbcCase({ corpus, seed, index }: CasePlace): FuzzCase {
  const random = new SeededRandom(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca77));
  const first = pickSeed(corpus, random);
  const steps = [first.name];
  let bytes: Uint8Array = first.bytes.slice();
  if (random.below(6) === 0) {
    const other = pickSeed(corpus, random);
    steps.push(`splice(${other.name})`);
    bytes = splice(bytes, other.bytes, random);
  }
  for (let count = random.below(MAX_MUTATIONS); count > 0 && bytes.length > 0; count--) {
    bytes = mutate(bytes, random, steps);
  }
  return { bytes: bytes.slice(0, MAX_CASE_BYTES), recipe: steps.join(' ') };
}

function pickSeed(corpus: readonly FuzzSeed[], random: SeededRandom): FuzzSeed {
  const seed = corpus[random.below(corpus.length)];
  if (seed === undefined) throw new Error('The corpus is empty');
  return seed;
}

function mutate(bytes: Uint8Array, random: SeededRandom, steps: string[]): Uint8Array {
  if (random.below(8) === 0) {
    const mutator = pick(BYTE_MUTATORS, random);
    steps.push(mutator.name);
    return mutator(bytes, random);
  }
  const mutator = pick(TEXT_MUTATORS, random);
  steps.push(mutator.name);
  const text = new TextDecoder('latin1').decode(bytes);
  return new Uint8Array(Buffer.from(mutator(text, random), random.below(16) === 0 ? 'utf8' : 'latin1'));
}

function insertPiece(text: string, random: SeededRandom): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + pick(PIECES, random) + text.slice(at);
}

function replaceNumber(text: string, random: SeededRandom): string {
  const numbers = random.below(3) === 0 ? WILD_NUMBERS : NUMBERS;
  return replaceFrom(text, random, [/-?\d+(?:\.\d+)?/, pick(numbers, random)]);
}

function renameWord(text: string, random: SeededRandom): string {
  const word = /\w+/.exec(text.slice(random.below(text.length + 1)))?.[0] ?? 'X';
  return replaceFrom(text, random, [/\w+/, word]);
}

function joinLines(text: string, random: SeededRandom): string {
  return replaceFrom(text, random, [/\r?\n/, ' ']);
}

/** Replaces the first match behind some place. */
function replaceFrom(text: string, random: SeededRandom, [pattern, by]: readonly [RegExp, string]): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + text.slice(at).replace(pattern, () => by);
}

function removeCharacter(text: string, random: SeededRandom): string {
  const at = text.indexOf(random.pick(['"', ';', ':', ' ', '|', '(']), random.below(text.length + 1));
  return at < 0 ? text : text.slice(0, at) + text.slice(at + 1);
}

function removeLine(text: string, random: SeededRandom): string {
  return changeLines(text, random, (lines, at) => lines.splice(at, 1));
}

function repeatLine(text: string, random: SeededRandom): string {
  return changeLines(text, random, (lines, at) => lines.splice(at, 0, lines[at] ?? ''));
}

function moveLine(text: string, random: SeededRandom): string {
  return changeLines(text, random, (lines, at) => {
    const [line = ''] = lines.splice(at, 1);
    lines.splice(random.below(lines.length + 1), 0, line);
  });
}

function changeLines(
  text: string,
  random: SeededRandom,
  change: (lines: string[], at: number) => void,
): string {
  const lines = text.split('\n');
  change(lines, random.below(lines.length));
  return lines.join('\n');
}

function pick<T>(choices: readonly T[], random: SeededRandom): T {
  const choice = choices[random.below(choices.length)];
  if (choice === undefined) throw new Error('There is nothing to choose from');
  return choice;
}
