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
import {
  amountAt,
  areEntriesDistinct,
  countEntries,
  entryAmount,
  entryContent,
  listEntries,
  listStrings,
  numberAt,
  stringAt,
  textAt,
  valueAt,
  wordAt,
} from './statement-parts.ts';

const NETWORK = { scope: 'network' } as const;

/** Relations are about a node and one of these. */
const OBJECT_SCOPES: Readonly<Record<AttributeScope, ReferredObject['scope']>> = {
  network: 'network',
  BU_: 'BU_',
  BO_: 'BO_',
  SG_: 'SG_',
  EV_: 'EV_',
  BU_SG_REL_: 'SG_',
  BU_BO_REL_: 'BO_',
  BU_EV_REL_: 'EV_',
};

/** A statement that may be about an object: its number or name and its signal are two slots in sequence. */
abstract class ReferringStatement extends ParsedStatement {
  protected get referredScope(): ReferredObject['scope'] {
    return OBJECT_SCOPES[this.parts.shape.scope ?? 'network'];
  }

  protected get hasId(): boolean {
    const scope = this.referredScope;
    return scope === 'BO_' || scope === 'SG_';
  }

  protected referred(slot: number): ReferredObject | undefined {
    switch (this.parts.shape.scope) {
      case 'BU_':
        return { scope: 'BU_', node: wordAt(this.source, this.parts, slot) };
      case 'BO_':
      case 'BU_BO_REL_':
        return { scope: 'BO_', id: numberAt(this.source, this.parts, slot) };
      case 'SG_':
      case 'BU_SG_REL_':
        return {
          scope: 'SG_',
          id: numberAt(this.source, this.parts, slot),
          signal: wordAt(this.source, this.parts, slot + 1),
        };
      case 'EV_':
      case 'BU_EV_REL_':
        return { scope: 'EV_', name: wordAt(this.source, this.parts, slot) };
      case 'network':
      case undefined:
        return undefined;
    }
  }
}

/** `CM_ [object] "text" ;`. */
export class ParsedComment extends ReferringStatement implements CommentStatement {
  readonly kind = 'CM_';

  get object(): ReferredObject {
    return this.referred(0) ?? NETWORK;
  }

  get text(): StringWord | undefined {
    return stringAt(this.source, this.parts, 2);
  }

  get objectScope(): ReferredObject['scope'] {
    return this.referredScope;
  }

  get idValue(): number {
    return this.hasId ? amountAt(this.source, this.parts, 0) : NaN;
  }

  get signalText(): string | undefined {
    return this.referredScope === 'SG_' ? textAt(this.source, this.parts, 1) : undefined;
  }
}

/** What `BA_DEF_` and `BA_DEF_REL_` have in common. */
abstract class DefinitionStatement extends ParsedStatement {
  get scope(): AttributeScope {
    return this.parts.shape.scope ?? 'network';
  }

  get name(): StringWord | undefined {
    return stringAt(this.source, this.parts, 0);
  }

  get type(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get minimum(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 2);
  }

  get maximum(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 3);
  }

  get choices(): readonly StringWord[] {
    return listStrings(this.source, this.parts);
  }
}

/** `BA_DEF_ [scope] "name" type … ;`. */
export class ParsedAttributeDefinition extends DefinitionStatement implements AttributeDefinitionStatement {
  readonly kind = 'BA_DEF_';
}

/** `BA_DEF_REL_ scope "name" type … ;`. */
export class ParsedRelationDefinition extends DefinitionStatement implements AttributeDefinitionStatement {
  readonly kind = 'BA_DEF_REL_';
}

/** `BA_DEF_DEF_ "name" value ;`. */
export class ParsedAttributeDefault extends ParsedStatement implements AttributeDefaultStatement {
  readonly kind = 'BA_DEF_DEF_';

  get name(): StringWord | undefined {
    return stringAt(this.source, this.parts, 0);
  }

  get value(): NumberWord | StringWord | undefined {
    return valueAt(this.source, this.parts, 1);
  }
}

/** `BA_DEF_DEF_REL_ "name" value ;`. */
export class ParsedRelationDefault extends ParsedStatement implements AttributeDefaultStatement {
  readonly kind = 'BA_DEF_DEF_REL_';

  get name(): StringWord | undefined {
    return stringAt(this.source, this.parts, 0);
  }

  get value(): NumberWord | StringWord | undefined {
    return valueAt(this.source, this.parts, 1);
  }
}

/** `BA_ "name" [object] value ;`. */
export class ParsedAttribute extends ReferringStatement implements AttributeStatement {
  readonly kind = 'BA_';

  get name(): StringWord | undefined {
    return stringAt(this.source, this.parts, 0);
  }

  get object(): ReferredObject {
    return this.referred(1) ?? NETWORK;
  }

  get value(): NumberWord | StringWord | undefined {
    return valueAt(this.source, this.parts, 3);
  }

  get objectScope(): ReferredObject['scope'] {
    return this.referredScope;
  }

  get idValue(): number {
    return this.hasId ? amountAt(this.source, this.parts, 1) : NaN;
  }

  get signalText(): string | undefined {
    return this.referredScope === 'SG_' ? textAt(this.source, this.parts, 2) : undefined;
  }
}

/** `BA_REL_ "name" scope node object value ;`. */
export class ParsedRelationAttribute extends ReferringStatement implements RelationAttributeStatement {
  readonly kind = 'BA_REL_';

  get name(): StringWord | undefined {
    return stringAt(this.source, this.parts, 0);
  }

  get node(): Word | undefined {
    return wordAt(this.source, this.parts, 4);
  }

  get object(): ReferredObject | undefined {
    return this.referred(1);
  }

  get value(): NumberWord | StringWord | undefined {
    return valueAt(this.source, this.parts, 3);
  }

  get scope(): AttributeScope | undefined {
    return this.parts.shape.scope;
  }
}

/** `VAL_ [id] name (number "text")… ;`. */
export class ParsedValues extends ParsedStatement implements ValuesStatement {
  readonly kind = 'VAL_';

  get id(): NumberWord | undefined {
    return numberAt(this.source, this.parts, 0);
  }

  get name(): Word | undefined {
    return wordAt(this.source, this.parts, 1);
  }

  get table(): Word | undefined {
    return wordAt(this.source, this.parts, 2);
  }

  get values(): readonly ValueEntry[] {
    return listEntries(this.source, this.parts);
  }

  get idValue(): number {
    return amountAt(this.source, this.parts, 0);
  }

  get nameText(): string | undefined {
    return textAt(this.source, this.parts, 1);
  }

  get entryCount(): number {
    return countEntries(this.parts);
  }

  get hasDistinctEntries(): boolean {
    return areEntriesDistinct(this.source, this.parts);
  }

  entryValue(entry: number): number {
    return entryAmount(this.source, this.parts, entry);
  }

  entryText(entry: number): string {
    return entryContent(this.source, this.parts, entry);
  }
}
