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

/** `VERSION "text"`. */
export class ParsedVersion extends ParsedStatement implements VersionStatement {
  get kind(): 'VERSION' {
    return 'VERSION';
  }

  get version(): StringWord | undefined {
    return this.stringAt(0);
  }
}

/** `NS_ : symbol…`. */
export class ParsedNewSymbols extends ParsedStatement implements NewSymbolsStatement {
  get kind(): 'NS_' {
    return 'NS_';
  }

  get symbols(): readonly Word[] {
    return this.listWords();
  }
}

/** `BS_: baudrate : BTR1 , BTR2`. */
export class ParsedBitTiming extends ParsedStatement implements BitTimingStatement {
  get kind(): 'BS_' {
    return 'BS_';
  }

  get numbers(): readonly NumberWord[] {
    return this.listNumbers();
  }
}

/** `BU_: node…`. */
export class ParsedNodes extends ParsedStatement implements NodesStatement {
  get kind(): 'BU_' {
    return 'BU_';
  }

  get nodes(): readonly Word[] {
    return this.listWords();
  }
}

/** `VAL_TABLE_ name (number "text")… ;`. */
export class ParsedValueTable extends ParsedStatement implements ValueTableStatement {
  get kind(): 'VAL_TABLE_' {
    return 'VAL_TABLE_';
  }

  get name(): Word | undefined {
    return this.wordAt(0);
  }

  get values(): readonly ValueEntry[] {
    return this.listEntries();
  }
}

/** `EV_ name : type [min|max] "unit" initial number access node, … ;`. */
export class ParsedEnvironmentVariable extends ParsedStatement implements EnvironmentVariableStatement {
  get kind(): 'EV_' {
    return 'EV_';
  }

  get name(): Word | undefined {
    return this.wordAt(0);
  }

  get type(): NumberWord | undefined {
    return this.numberAt(1);
  }

  get minimum(): NumberWord | undefined {
    return this.numberAt(2);
  }

  get maximum(): NumberWord | undefined {
    return this.numberAt(3);
  }

  get unit(): StringWord | undefined {
    return this.stringAt(4);
  }

  get initial(): NumberWord | undefined {
    return this.numberAt(5);
  }

  get number(): NumberWord | undefined {
    return this.numberAt(6);
  }

  get access(): Word | undefined {
    return this.wordAt(7);
  }

  get nodes(): readonly Word[] {
    return this.listWords();
  }
}

/** `ENVVAR_DATA_ name : size ;`. */
export class ParsedEnvironmentData extends ParsedStatement implements EnvironmentDataStatement {
  get kind(): 'ENVVAR_DATA_' {
    return 'ENVVAR_DATA_';
  }

  get name(): Word | undefined {
    return this.wordAt(0);
  }

  get size(): NumberWord | undefined {
    return this.numberAt(1);
  }
}
