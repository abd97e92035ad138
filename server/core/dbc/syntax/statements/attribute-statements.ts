import type {
  AttributeDefaultStatement,
  AttributeDefinitionStatement,
  AttributeScope,
  AttributeStatement,
  CommentStatement,
  NumberWord,
  ReferredObject,
  RelationAttributeStatement,
  StringWord,
  ValueEntry,
  ValuesStatement,
  Word,
} from '../syntax-tree.ts';
import { ParsedStatement } from './parsed-statement.ts';

const NETWORK = { scope: 'network' } as const;

/** A statement that may be about an object: its number or name and its signal are two slots in sequence. */
abstract class ReferringStatement extends ParsedStatement {
  protected referred(slot: number): ReferredObject | undefined {
    switch (this.statedScope) {
      case 'BU_':
        return { scope: 'BU_', node: this.wordAt(slot) };
      case 'BO_':
      case 'BU_BO_REL_':
        return { scope: 'BO_', id: this.numberAt(slot) };
      case 'SG_':
      case 'BU_SG_REL_':
        return { scope: 'SG_', id: this.numberAt(slot), signal: this.wordAt(slot + 1) };
      case 'EV_':
      case 'BU_EV_REL_':
        return { scope: 'EV_', name: this.wordAt(slot) };
      case 'network':
      case undefined:
        return undefined;
    }
  }
}

/** `CM_ [object] "text" ;`. */
export class ParsedComment extends ReferringStatement implements CommentStatement {
  get kind(): 'CM_' {
    return 'CM_';
  }

  get object(): ReferredObject {
    return this.referred(0) ?? NETWORK;
  }

  get text(): StringWord | undefined {
    return this.stringAt(2);
  }
}

/** What `BA_DEF_` and `BA_DEF_REL_` have in common. */
abstract class DefinitionStatement extends ParsedStatement {
  get scope(): AttributeScope {
    return this.statedScope ?? 'network';
  }

  get name(): StringWord | undefined {
    return this.stringAt(0);
  }

  get type(): Word | undefined {
    return this.wordAt(1);
  }

  get minimum(): NumberWord | undefined {
    return this.numberAt(2);
  }

  get maximum(): NumberWord | undefined {
    return this.numberAt(3);
  }

  get choices(): readonly StringWord[] {
    return this.listStrings();
  }
}

/** `BA_DEF_ [scope] "name" type … ;`. */
export class ParsedAttributeDefinition extends DefinitionStatement implements AttributeDefinitionStatement {
  get kind(): 'BA_DEF_' {
    return 'BA_DEF_';
  }
}

/** `BA_DEF_REL_ scope "name" type … ;`. */
export class ParsedRelationDefinition extends DefinitionStatement implements AttributeDefinitionStatement {
  get kind(): 'BA_DEF_REL_' {
    return 'BA_DEF_REL_';
  }
}

/** `BA_DEF_DEF_ "name" value ;`. */
export class ParsedAttributeDefault extends ParsedStatement implements AttributeDefaultStatement {
  get kind(): 'BA_DEF_DEF_' {
    return 'BA_DEF_DEF_';
  }

  get name(): StringWord | undefined {
    return this.stringAt(0);
  }

  get value(): NumberWord | StringWord | undefined {
    return this.valueAt(1);
  }
}

/** `BA_DEF_DEF_REL_ "name" value ;`. */
export class ParsedRelationDefault extends ParsedStatement implements AttributeDefaultStatement {
  get kind(): 'BA_DEF_DEF_REL_' {
    return 'BA_DEF_DEF_REL_';
  }

  get name(): StringWord | undefined {
    return this.stringAt(0);
  }

  get value(): NumberWord | StringWord | undefined {
    return this.valueAt(1);
  }
}

/** `BA_ "name" [object] value ;`. */
export class ParsedAttribute extends ReferringStatement implements AttributeStatement {
  get kind(): 'BA_' {
    return 'BA_';
  }

  get name(): StringWord | undefined {
    return this.stringAt(0);
  }

  get object(): ReferredObject {
    return this.referred(1) ?? NETWORK;
  }

  get value(): NumberWord | StringWord | undefined {
    return this.valueAt(3);
  }
}

/** `BA_REL_ "name" scope node object value ;`. */
export class ParsedRelationAttribute extends ReferringStatement implements RelationAttributeStatement {
  get kind(): 'BA_REL_' {
    return 'BA_REL_';
  }

  get name(): StringWord | undefined {
    return this.stringAt(0);
  }

  get node(): Word | undefined {
    return this.wordAt(4);
  }

  get object(): ReferredObject | undefined {
    return this.referred(1);
  }

  get value(): NumberWord | StringWord | undefined {
    return this.valueAt(3);
  }

  get scope(): AttributeScope | undefined {
    return this.statedScope;
  }
}

/** `VAL_ [id] name (number "text")… ;`. */
export class ParsedValues extends ParsedStatement implements ValuesStatement {
  get kind(): 'VAL_' {
    return 'VAL_';
  }

  get id(): NumberWord | undefined {
    return this.numberAt(0);
  }

  get name(): Word | undefined {
    return this.wordAt(1);
  }

  get table(): Word | undefined {
    return this.wordAt(2);
  }

  get values(): readonly ValueEntry[] {
    return this.listEntries();
  }
}
