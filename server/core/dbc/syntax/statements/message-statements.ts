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

/** `BO_ id name : size transmitter`. */
export class ParsedMessage extends ParsedStatement implements MessageStatement {
  get kind(): 'BO_' {
    return 'BO_';
  }

  get id(): NumberWord | undefined {
    return this.numberAt(0);
  }

  get name(): Word | undefined {
    return this.wordAt(1);
  }

  get size(): NumberWord | undefined {
    return this.numberAt(2);
  }

  get transmitter(): Word | undefined {
    return this.wordAt(3);
  }
}

/** `SG_ name marker : start|length@order sign (factor,offset) [min|max] "unit" receiver, …`. */
export class ParsedSignal extends ParsedStatement implements SignalStatement {
  get kind(): 'SG_' {
    return 'SG_';
  }

  get name(): Word | undefined {
    return this.wordAt(0);
  }

  get multiplexing(): Word | undefined {
    return this.wordAt(1);
  }

  get startBit(): NumberWord | undefined {
    return this.numberAt(2);
  }

  get length(): NumberWord | undefined {
    return this.numberAt(3);
  }

  get byteOrder(): NumberWord | undefined {
    return this.numberAt(4);
  }

  get sign(): Word | undefined {
    return this.wordAt(5);
  }

  get factor(): NumberWord | undefined {
    return this.numberAt(6);
  }

  get offset(): NumberWord | undefined {
    return this.numberAt(7);
  }

  get minimum(): NumberWord | undefined {
    return this.numberAt(8);
  }

  get maximum(): NumberWord | undefined {
    return this.numberAt(9);
  }

  get unit(): StringWord | undefined {
    return this.stringAt(10);
  }

  get receivers(): readonly Word[] {
    return this.listWords();
  }
}

/** `BO_TX_BU_ id : node, … ;`. */
export class ParsedTransmitters extends ParsedStatement implements TransmittersStatement {
  get kind(): 'BO_TX_BU_' {
    return 'BO_TX_BU_';
  }

  get id(): NumberWord | undefined {
    return this.numberAt(0);
  }

  get nodes(): readonly Word[] {
    return this.listWords();
  }
}

/** `SIG_GROUP_ id name repetitions : signal… ;`. */
export class ParsedSignalGroup extends ParsedStatement implements SignalGroupStatement {
  get kind(): 'SIG_GROUP_' {
    return 'SIG_GROUP_';
  }

  get id(): NumberWord | undefined {
    return this.numberAt(0);
  }

  get name(): Word | undefined {
    return this.wordAt(1);
  }

  get repetitions(): NumberWord | undefined {
    return this.numberAt(2);
  }

  get signals(): readonly Word[] {
    return this.listWords();
  }
}

/** `SIG_VALTYPE_ id signal : type ;`. */
export class ParsedSignalType extends ParsedStatement implements SignalTypeStatement {
  get kind(): 'SIG_VALTYPE_' {
    return 'SIG_VALTYPE_';
  }

  get id(): NumberWord | undefined {
    return this.numberAt(0);
  }

  get signal(): Word | undefined {
    return this.wordAt(1);
  }

  get type(): NumberWord | undefined {
    return this.numberAt(2);
  }
}

/** `SG_MUL_VAL_ id signal multiplexor low-high, … ;`. */
export class ParsedExtendedMultiplexing extends ParsedStatement implements ExtendedMultiplexingStatement {
  get kind(): 'SG_MUL_VAL_' {
    return 'SG_MUL_VAL_';
  }

  get id(): NumberWord | undefined {
    return this.numberAt(0);
  }

  get signal(): Word | undefined {
    return this.wordAt(1);
  }

  get multiplexor(): Word | undefined {
    return this.wordAt(2);
  }

  get ranges(): readonly MultiplexedRange[] {
    return pairRanges(this.listNumbers());
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
