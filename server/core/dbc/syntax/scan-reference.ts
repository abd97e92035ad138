import { FieldScanner } from './field-scanner.ts';
import { kindOfKeyword } from './keywords.ts';
import type { StatementShape } from './statements/statement-parts.ts';
import type { AttributeScope } from './syntax-tree.ts';
import { BLANK_CLASS, classOf } from './unit-classes.ts';

const VALUES = kindOfKeyword('VAL_');
const COMMENT = kindOfKeyword('CM_');
const ATTRIBUTE = kindOfKeyword('BA_');
const BLANK = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const SEMICOLON = 0x3b;
const UNDERSCORE = 0x5f;
const UPPER_B = 0x42;
const UPPER_G = 0x47;
const UPPER_O = 0x4f;
const UPPER_S = 0x53;
const UPPER_U = 0x55;
/** More entries than this have a shape of their own. */
const MAX_SHARED_ENTRIES = 64;
/** Where a field is missing. */
const MISSING = -1;

/** What a comment or an attribute is about, with how many tokens name it. */
type ReferredScope = Extract<AttributeScope, 'network' | 'BU_' | 'BO_' | 'SG_'>;

const COMMENT_SHAPES: Readonly<Record<ReferredScope, StatementShape>> = {
  network: { slots: [MISSING, MISSING, 1], items: [], scope: undefined, isUsual: false },
  BU_: { slots: [1, MISSING, 2], items: [], scope: 'BU_', isUsual: false },
  BO_: { slots: [1, MISSING, 2], items: [], scope: 'BO_', isUsual: false },
  SG_: { slots: [1, 2, 3], items: [], scope: 'SG_', isUsual: false },
};
const ATTRIBUTE_SHAPES: Readonly<Record<ReferredScope, StatementShape>> = {
  network: { slots: [1, MISSING, MISSING, 2], items: [], scope: undefined, isUsual: false },
  BU_: { slots: [1, 2, MISSING, 3], items: [], scope: 'BU_', isUsual: false },
  BO_: { slots: [1, 2, MISSING, 3], items: [], scope: 'BO_', isUsual: false },
  SG_: { slots: [1, 2, 3, 4], items: [], scope: 'SG_', isUsual: false },
};
const USUAL_VALUES = listShapes(true);
const OTHER_VALUES = listShapes(false);

/** Scans lines that are about what stands elsewhere: value texts, comments and attributes. */
export abstract class ReferenceScanner extends FieldScanner {
  /** `VAL_ id name (number "text")… ;`. */
  protected scanValues(start: number): StatementShape | undefined {
    const id = this.begin(VALUES, start, 'VAL_'.length);
    const name = this.readInteger(id);
    let at = this.readName(name);
    const isUsual = this.units[id] !== ZERO && this.isSpaced(id) && this.isSpaced(name) && this.isSpaced(at);
    let entries = 0;
    while (this.units[at] !== SEMICOLON) {
      at = this.readString(this.readSignedInteger(at));
      // Two for the next entry, and one for the end.
      if (at === this.failure || this.room < 3) return undefined;
      entries++;
    }
    if (!this.finish(this.readSemicolon(at))) return undefined;
    return (isUsual ? USUAL_VALUES : OTHER_VALUES)[entries] ?? createShape(entries, isUsual);
  }

  /** `CM_ [object] "text" ;`. */
  protected scanComment(start: number): StatementShape | undefined {
    const at = this.begin(COMMENT, start, 'CM_'.length);
    const scope = this.findScope(at);
    const end = this.readSemicolon(this.readString(this.readObject(at, scope)));
    return this.finish(end) ? COMMENT_SHAPES[scope] : undefined;
  }

  /** `BA_ "name" [object] value ;`. */
  protected scanAttribute(start: number): StatementShape | undefined {
    const at = this.readString(this.begin(ATTRIBUTE, start, 'BA_'.length));
    const scope = this.findScope(at);
    const value = this.readObject(at, scope);
    const end = this.units[value] === QUOTE ? this.readString(value) : this.readNumber(value);
    return this.finish(this.readSemicolon(end)) ? ATTRIBUTE_SHAPES[scope] : undefined;
  }

  /** Whether there is a single blank before a place. */
  private isSpaced(at: number): boolean {
    return this.units[at - 1] === BLANK && classOf(this.units[at - 2]!) !== BLANK_CLASS;
  }

  /** Tells what is named; all that is not written as usual counts as nothing, and fails as that. */
  private findScope(at: number): ReferredScope {
    const { units } = this;
    if (units[at + 2] !== UNDERSCORE || classOf(units[at + 3]!) !== BLANK_CLASS) return 'network';
    if (units[at] === UPPER_S) return units[at + 1] === UPPER_G ? 'SG_' : 'network';
    if (units[at] !== UPPER_B) return 'network';
    return units[at + 1] === UPPER_O ? 'BO_' : units[at + 1] === UPPER_U ? 'BU_' : 'network';
  }

  private readObject(at: number, scope: ReferredScope): number {
    if (scope === 'network') return at;
    const object = this.skip(at + scope.length, this.units[at + scope.length]!);
    if (scope === 'BU_') return this.readName(object);
    const id = this.readInteger(object);
    return scope === 'BO_' ? id : this.readName(id);
  }
}

function listShapes(isUsual: boolean): readonly StatementShape[] {
  return Array.from({ length: MAX_SHARED_ENTRIES + 1 }, (_, entries) => createShape(entries, isUsual));
}

function createShape(entries: number, isUsual: boolean): StatementShape {
  return {
    slots: [1, 2, MISSING],
    items: Array.from({ length: 2 * entries }, (_, i) => 3 + i),
    scope: undefined,
    isUsual,
  };
}
