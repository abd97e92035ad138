import type {
  ExtendedMultiplexingStatement,
  MessageStatement,
  MultiplexedRange,
  NumberWord,
  SignalGroupStatement,
  SignalStatement,
  SignalTypeStatement,
  StringWord,
  TransmittersStatement,
  Word,
} from '../syntax-tree.ts';
import { ParsedStatement } from './parsed-statement.ts';
import {
  amountAt,
  contentAt,
  countItems,
  fillAmounts,
  listNumbers,
  listTexts,
  listWords,
  numberAt,
  stringAt,
  textAt,
  wordAt,
} from './statement-parts.ts';

/** Start bit, length, byte order, factor, offset, minimum and maximum of a signal. */
const NUMBER_SLOTS = [2, 3, 4, 6, 7, 8, 9];

/** `BO_ id name : size transmitter`. */
export class ParsedMessage extends ParsedStatement implements MessageStatement {
  readonly kind = 'BO_';

  get id(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 0);
  }

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get size(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 2);
  }

  get transmitter(): Word | undefined {
    return wordAt(this.source, this.parts, 3);
  }

  get idValue(): number {
    return amountAt(this.source, this.parts, 0);
  }

  get nameText(): string | undefined {
    return textAt(this.source, this.parts, 1);
  }

  get sizeValue(): number {
    return amountAt(this.source, this.parts, 2);
  }

  get transmitterText(): string | undefined {
    return textAt(this.source, this.parts, 3);
  }
}

/** `SG_ name marker : start|length@order sign (factor,offset) [min|max] "unit" receiver, …`. */
export class ParsedSignal extends ParsedStatement implements SignalStatement {
  readonly kind = 'SG_';

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 0);
  }

  get multiplexing(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get startBit(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 2);
  }

  get length(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 3);
  }

  get byteOrder(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 4);
  }

  get sign(): Word | undefined {
    return wordAt(this.source, this.parts, 5);
  }

  get factor(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 6);
  }

  get offset(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 7);
  }

  get minimum(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 8);
  }

  get maximum(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 9);
  }

  get unit(): StringWord | undefined {
    return stringAt(this.source, this.parts, 10);
  }

  get receivers(): readonly Word[] {
    return listWords(this.source, this.parts);
  }

  get nameText(): string | undefined {
    return textAt(this.source, this.parts, 0);
  }

  get multiplexingText(): string | undefined {
    return textAt(this.source, this.parts, 1);
  }

  get byteOrderValue(): number {
    return amountAt(this.source, this.parts, 4);
  }

  get signText(): string | undefined {
    return textAt(this.source, this.parts, 5);
  }

  get unitText(): string | undefined {
    return contentAt(this.source, this.parts, 10);
  }

  readNumbers(into: Float64Array): void {
    fillAmounts(this, NUMBER_SLOTS, into);
  }

  get receiverCount(): number {
    return countItems(this.parts);
  }

  get receiverTexts(): readonly string[] {
    return listTexts(this.source, this.parts);
  }
}

/** `BO_TX_BU_ id : node, … ;`. */
export class ParsedTransmitters extends ParsedStatement implements TransmittersStatement {
  readonly kind = 'BO_TX_BU_';

  get id(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 0);
  }

  get nodes(): readonly Word[] {
    return listWords(this.source, this.parts);
  }
}

/** `SIG_GROUP_ id name repetitions : signal… ;`. */
export class ParsedSignalGroup extends ParsedStatement implements SignalGroupStatement {
  readonly kind = 'SIG_GROUP_';

  get id(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 0);
  }

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get repetitions(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 2);
  }

  get signals(): readonly Word[] {
    return listWords(this.source, this.parts);
  }
}

/** `SIG_VALTYPE_ id signal : type ;`. */
export class ParsedSignalType extends ParsedStatement implements SignalTypeStatement {
  readonly kind = 'SIG_VALTYPE_';

  get id(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 0);
  }

  get signal(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get type(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 2);
  }
}

/** `SG_MUL_VAL_ id signal multiplexor low-high, … ;`. */
export class ParsedExtendedMultiplexing extends ParsedStatement implements ExtendedMultiplexingStatement {
  readonly kind = 'SG_MUL_VAL_';

  get id(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 0);
  }

  get signal(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get multiplexor(): Word | undefined {
    return wordAt(this.source, this.parts, 2);
  }

  get ranges(): readonly MultiplexedRange[] {
    return pairRanges(listNumbers(this.source, this.parts));
  }
}

/** The second number of a pair holds the hyphen as its sign where no blank stands between. */
function pairRanges(numbers: readonly NumberWord[]): readonly MultiplexedRange[] {
  const ranges: MultiplexedRange[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [low, high] = numbers.slice(i, i + 2);
    if (low === undefined || high === undefined) break;
    ranges.push({ start: low.start, end: high.end, low: low.value, high: Math.abs(high.value) });
  }
  return ranges;
}
