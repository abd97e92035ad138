// What the words of a statement say, without the words: several times faster where it is not asked where they stand.
// Of these statements a file has thousands. Numbers are NaN where they are missing, as where they are none.

/** How a statement is written. */
export interface WrittenForm {
  /**
   * Whether it is known to be written as nearly all of its kind are: on one line with nothing behind it, with single
   * blanks where they belong. Names may be other than ASCII, and something may stand before it.
   */
  readonly isUsual: boolean;
}

/** What a message says. */
export interface MessageValues extends WrittenForm {
  readonly idValue: number;
  readonly nameText: string | undefined;
  readonly sizeValue: number;
  readonly transmitterText: string | undefined;
}

/** What a signal says. */
export interface SignalValues extends WrittenForm {
  readonly nameText: string | undefined;
  readonly multiplexingText: string | undefined;
  readonly byteOrderValue: number;
  readonly signText: string | undefined;
  readonly unitText: string | undefined;
  readonly receiverTexts: readonly string[];
  readonly receiverCount: number;
  /** Puts all its numbers into the first seven places, in the order in which they are written. */
  readNumbers(into: Float64Array): void;
}

/** What a comment or an attribute is about; `network` where nothing is named. */
export type ObjectScope = 'network' | 'BU_' | 'BO_' | 'SG_' | 'EV_';

/** What a statement says of whom it is about. */
export interface ReferringValues {
  readonly objectScope: ObjectScope;
  /** Of a message, or of that of a signal. */
  readonly idValue: number;
  readonly signalText: string | undefined;
}

/** What value texts say. */
export interface LabelValues extends WrittenForm {
  readonly idValue: number;
  readonly nameText: string | undefined;
  readonly entryCount: number;
  /** Whether no number and no text is plainly there twice; false where it would take long to tell. */
  readonly hasDistinctEntries: boolean;
  /** Gives the number of an entry, from 0. */
  entryValue(entry: number): number;
  /** Gives the text of an entry, from 0. */
  entryText(entry: number): string;
}
