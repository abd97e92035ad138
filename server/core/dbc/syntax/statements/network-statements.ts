import type {
  BitTimingStatement,
  EnvironmentDataStatement,
  EnvironmentVariableStatement,
  NewSymbolsStatement,
  NodesStatement,
  NumberWord,
  StringWord,
  ValueEntry,
  ValueTableStatement,
  VersionStatement,
  Word,
} from '../syntax-tree.ts';
import { ParsedStatement } from './parsed-statement.ts';
import { listEntries, listNumbers, listWords, numberAt, stringAt, wordAt } from './statement-parts.ts';

/** `VERSION "text"`. */
export class ParsedVersion extends ParsedStatement implements VersionStatement {
  readonly kind = 'VERSION';

  get version(): StringWord | undefined {
    return stringAt(this.source, this.parts, 0);
  }
}

/** `NS_ : symbol…`. */
export class ParsedNewSymbols extends ParsedStatement implements NewSymbolsStatement {
  readonly kind = 'NS_';

  get symbols(): readonly Word[] {
    return listWords(this.source, this.parts);
  }
}

/** `BS_: baudrate : BTR1 , BTR2`. */
export class ParsedBitTiming extends ParsedStatement implements BitTimingStatement {
  readonly kind = 'BS_';

  get numbers(): readonly NumberWord[] {
    return listNumbers(this.source, this.parts);
  }
}

/** `BU_: node…`. */
export class ParsedNodes extends ParsedStatement implements NodesStatement {
  readonly kind = 'BU_';

  get nodes(): readonly Word[] {
    return listWords(this.source, this.parts);
  }
}

/** `VAL_TABLE_ name (number "text")… ;`. */
export class ParsedValueTable extends ParsedStatement implements ValueTableStatement {
  readonly kind = 'VAL_TABLE_';

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 0);
  }

  get values(): readonly ValueEntry[] {
    return listEntries(this.source, this.parts);
  }
}

/** `EV_ name : type [min|max] "unit" initial number access node, … ;`. */
export class ParsedEnvironmentVariable extends ParsedStatement implements EnvironmentVariableStatement {
  readonly kind = 'EV_';

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 0);
  }

  get type(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 1);
  }

  get minimum(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 2);
  }

  get maximum(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 3);
  }

  get unit(): StringWord | undefined {
    return stringAt(this.source, this.parts, 4);
  }

  get initial(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 5);
  }

  get number(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 6);
  }

  get access(): Word | undefined {
    return wordAt(this.source, this.parts, 7);
  }

  get nodes(): readonly Word[] {
    return listWords(this.source, this.parts);
  }
}

/** `ENVVAR_DATA_ name : size ;`. */
export class ParsedEnvironmentData extends ParsedStatement implements EnvironmentDataStatement {
  readonly kind = 'ENVVAR_DATA_';

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 0);
  }

  get size(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 1);
  }
}
