import type { ValueEntry } from '../syntax/syntax-tree.ts';

/** What is known of an entry within its list. */
export interface SurveyedEntry {
  /** The entry that stands before it. */
  readonly before: ValueEntry | undefined;
  /** Whether every entry of its value has the same text. */
  readonly isOnlyRepeated: boolean;
}

const surveyed = new WeakMap<readonly ValueEntry[], EntrySurvey>();

/** Looks through a list of values; the first time only, as hostile lists have a finding at each of their entries. */
export function surveyEntries(values: readonly ValueEntry[]): EntrySurvey {
  let survey = surveyed.get(values);
  if (survey === undefined) surveyed.set(values, (survey = new EntrySurvey(values)));
  return survey;
}

class EntrySurvey {
  readonly #before = new Map<ValueEntry, ValueEntry | undefined>();
  readonly #texts = new Map<number, string>();
  readonly #valuesOfSeveralTexts = new Set<number>();

  constructor(values: readonly ValueEntry[]) {
    let before: ValueEntry | undefined;
    for (const entry of values) {
      this.#before.set(entry, before);
      this.#add(entry.value.value, entry.label.text);
      before = entry;
    }
  }

  find(entry: ValueEntry): SurveyedEntry {
    return {
      before: this.#before.get(entry),
      isOnlyRepeated: !this.#valuesOfSeveralTexts.has(entry.value.value),
    };
  }

  #add(value: number, text: string): void {
    const first = this.#texts.get(value);
    if (first === undefined) this.#texts.set(value, text);
    else if (first !== text) this.#valuesOfSeveralTexts.add(value);
  }
}
