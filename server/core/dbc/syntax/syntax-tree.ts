import type { LabelValues, MessageValues, ReferringValues, SignalValues } from './statement-values.ts';

/** Where something stands in a text: offsets in UTF-16 code units, `end` not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A name or another word as it is written. */
export interface Word extends TextRange {
  readonly text: string;
}

/** A number as it is written. `text` keeps what `value` cannot hold, such as integers beyond 2^53. */
export interface NumberWord extends Word {
  /** `0x64`, `.25` and `1,5` are read, too; NaN where the word is no number. */
  readonly value: number;
}

/** A string; its range includes the quotes. */
export interface StringWord extends TextRange {
  /** What stands between the quotes, `\"` read as a quote; line breaks as they are. */
  readonly text: string;
  /** False where the closing quote is missing; the string then ends with its line. */
  readonly isClosed: boolean;
}

/**
 * What is wrong with how a statement is written. It lies within the statement, and is empty where something is missing:
 * at the very place where it is to be put in.
 */
export interface SyntaxProblem extends TextRange {
  readonly code:
    | 'syntax'
    | 'missing-semicolon'
    | 'unterminated-string'
    | 'comment-syntax'
    | 'number-form'
    | 'mux-marker'
    | 'val-float'
    | 'keyword-case';
  /** For people: what was found, with its text, and what was expected. */
  readonly message: string;
}

interface StatementBase<Kind extends string> extends TextRange {
  readonly kind: Kind;
  /** The keyword, or the first word where there is none. */
  readonly keyword: TextRange;
  readonly problems: readonly SyntaxProblem[];
}

/** `VERSION "text"`. */
export interface VersionStatement extends StatementBase<'VERSION'> {
  readonly version: StringWord | undefined;
}

/** `NS_ : symbol…`: names of sections, of no effect. */
export interface NewSymbolsStatement extends StatementBase<'NS_'> {
  readonly symbols: readonly Word[];
}

/** `BS_: baudrate : BTR1 , BTR2`, mostly without numbers. */
export interface BitTimingStatement extends StatementBase<'BS_'> {
  readonly numbers: readonly NumberWord[];
}

/** `BU_: node…`. */
export interface NodesStatement extends StatementBase<'BU_'> {
  readonly nodes: readonly Word[];
}

/** A number and its text. */
export interface ValueEntry {
  readonly value: NumberWord;
  readonly label: StringWord;
}

/** `VAL_TABLE_ name (number "text")… ;`. */
export interface ValueTableStatement extends StatementBase<'VAL_TABLE_'> {
  readonly name: Word | undefined;
  readonly values: readonly ValueEntry[];
}

/** `BO_ id name : size transmitter`. */
export interface MessageStatement extends StatementBase<'BO_'>, MessageValues {
  readonly id: NumberWord | undefined;
  readonly name: Word | undefined;
  readonly size: NumberWord | undefined;
  readonly transmitter: Word | undefined;
}

/** `SG_ name [M|m3|m3M] : start|length@order sign (factor,offset) [min|max] "unit" receivers`; what could be read of it. */
export interface SignalStatement extends StatementBase<'SG_'>, SignalValues {
  readonly name: Word | undefined;
  readonly multiplexing: Word | undefined;
  readonly startBit: NumberWord | undefined;
  readonly length: NumberWord | undefined;
  /** The digit behind `@`. */
  readonly byteOrder: NumberWord | undefined;
  /** `+` or `-`. */
  readonly sign: Word | undefined;
  readonly factor: NumberWord | undefined;
  readonly offset: NumberWord | undefined;
  readonly minimum: NumberWord | undefined;
  readonly maximum: NumberWord | undefined;
  readonly unit: StringWord | undefined;
  readonly receivers: readonly Word[];
}

/** `BO_TX_BU_ id : node, … ;`: all who send a message. */
export interface TransmittersStatement extends StatementBase<'BO_TX_BU_'> {
  readonly id: NumberWord | undefined;
  readonly nodes: readonly Word[];
}

/** `EV_ name : type [min|max] "unit" initial number access node, … ;`. */
export interface EnvironmentVariableStatement extends StatementBase<'EV_'> {
  readonly name: Word | undefined;
  readonly type: NumberWord | undefined;
  readonly minimum: NumberWord | undefined;
  readonly maximum: NumberWord | undefined;
  readonly unit: StringWord | undefined;
  readonly initial: NumberWord | undefined;
  readonly number: NumberWord | undefined;
  readonly access: Word | undefined;
  readonly nodes: readonly Word[];
}

/** `ENVVAR_DATA_ name : size ;`. */
export interface EnvironmentDataStatement extends StatementBase<'ENVVAR_DATA_'> {
  readonly name: Word | undefined;
  readonly size: NumberWord | undefined;
}

/** `SIG_GROUP_ id name repetitions : signal… ;`. */
export interface SignalGroupStatement extends StatementBase<'SIG_GROUP_'> {
  readonly id: NumberWord | undefined;
  readonly name: Word | undefined;
  readonly repetitions: NumberWord | undefined;
  readonly signals: readonly Word[];
}

/** What a comment, an attribute or value texts belong to; `network` where nothing is named. */
export type ReferredObject =
  | { readonly scope: 'network' }
  | { readonly scope: 'BU_'; readonly node: Word | undefined }
  | { readonly scope: 'BO_'; readonly id: NumberWord | undefined }
  | { readonly scope: 'SG_'; readonly id: NumberWord | undefined; readonly signal: Word | undefined }
  | { readonly scope: 'EV_'; readonly name: Word | undefined };

/** `CM_ [object] "text" ;`. */
export interface CommentStatement extends StatementBase<'CM_'>, ReferringValues {
  readonly object: ReferredObject;
  readonly text: StringWord | undefined;
}

/** Scope of an attribute; relations for `BA_DEF_REL_`. */
export type AttributeScope =
  'network' | 'BU_' | 'BO_' | 'SG_' | 'EV_' | 'BU_SG_REL_' | 'BU_BO_REL_' | 'BU_EV_REL_';

/** `BA_DEF_ [scope] "name" type … ;`. */
export interface AttributeDefinitionStatement extends StatementBase<'BA_DEF_' | 'BA_DEF_REL_'> {
  readonly scope: AttributeScope;
  readonly name: StringWord | undefined;
  /** INT, HEX, FLOAT, STRING, ENUM, or what else is written. */
  readonly type: Word | undefined;
  readonly minimum: NumberWord | undefined;
  readonly maximum: NumberWord | undefined;
  readonly choices: readonly StringWord[];
}

/** `BA_DEF_DEF_ "name" value ;`. */
export interface AttributeDefaultStatement extends StatementBase<'BA_DEF_DEF_' | 'BA_DEF_DEF_REL_'> {
  readonly name: StringWord | undefined;
  readonly value: NumberWord | StringWord | undefined;
}

/** `BA_ "name" [object] value ;`. */
export interface AttributeStatement extends StatementBase<'BA_'>, ReferringValues {
  readonly name: StringWord | undefined;
  readonly object: ReferredObject;
  readonly value: NumberWord | StringWord | undefined;
}

/** An attribute of a node together with a message, a signal or an environment variable. */
export interface RelationAttributeStatement extends StatementBase<'BA_REL_'> {
  readonly name: StringWord | undefined;
  readonly scope: AttributeScope | undefined;
  readonly node: Word | undefined;
  readonly object: ReferredObject | undefined;
  readonly value: NumberWord | StringWord | undefined;
}

/** Value texts of a signal, or of an environment variable where there is no id. */
export interface ValuesStatement extends StatementBase<'VAL_'>, LabelValues {
  readonly id: NumberWord | undefined;
  /** The signal or environment variable. */
  readonly name: Word | undefined;
  /** A value table named instead of values: read by nobody but meant by some. */
  readonly table: Word | undefined;
  readonly values: readonly ValueEntry[];
}

/** `SIG_VALTYPE_ id signal : type ;`. */
export interface SignalTypeStatement extends StatementBase<'SIG_VALTYPE_'> {
  readonly id: NumberWord | undefined;
  readonly signal: Word | undefined;
  /** 0 integer, 1 float of 32 bits, 2 of 64. */
  readonly type: NumberWord | undefined;
}

/** `low-high`, both included. */
export interface MultiplexedRange extends TextRange {
  readonly low: number;
  readonly high: number;
}

/** `SG_MUL_VAL_ id signal multiplexor low-high, … ;`. */
export interface ExtendedMultiplexingStatement extends StatementBase<'SG_MUL_VAL_'> {
  readonly id: NumberWord | undefined;
  readonly signal: Word | undefined;
  readonly multiplexor: Word | undefined;
  readonly ranges: readonly MultiplexedRange[];
}

/** Kept, and not looked into: `SGTYPE_`, `CAT_`, `FILTER`, `SIGTYPE_VALTYPE_` and others that no reader uses. */
export interface UnreadStatement extends StatementBase<'unread'> {
  readonly word: Word;
}

/** Something that begins with no keyword at all: a `syntax` problem. */
export interface UnknownStatement extends StatementBase<'unknown'> {
  readonly word: Word;
}

/** `// …` to the end of the line, which cantools reads over and Vector's tools do not know. */
export interface LineCommentStatement extends StatementBase<'//'> {
  readonly text: string;
}

/** Everything that stands in a DBC file, one after the other. */
export type Statement =
  | VersionStatement
  | NewSymbolsStatement
  | BitTimingStatement
  | NodesStatement
  | ValueTableStatement
  | MessageStatement
  | SignalStatement
  | TransmittersStatement
  | EnvironmentVariableStatement
  | EnvironmentDataStatement
  | SignalGroupStatement
  | CommentStatement
  | AttributeDefinitionStatement
  | AttributeDefaultStatement
  | AttributeStatement
  | RelationAttributeStatement
  | ValuesStatement
  | SignalTypeStatement
  | ExtendedMultiplexingStatement
  | UnreadStatement
  | UnknownStatement
  | LineCommentStatement;

/** A position as editors count it: both from 0, characters in UTF-16 code units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/**
 * A DBC text as statements in their order. Every character is in it: what stands between two statements is white space.
 * Words of a statement are made when they are asked for: one that is wanted twice is better kept, and two are the same
 * where their offsets are. A tree does not change; `editTree` gives a new one and reads only the statements again that an edit touches.
 */
export interface SyntaxTree {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Where each line begins, from 0; lines end with LF, CRLF or CR. */
  readonly lineStarts: Uint32Array;
}

/** A part of a text that is replaced: by nothing where it is removed, an empty range where something is put in. */
export interface TextEdit extends TextRange {
  readonly text: string;
}
