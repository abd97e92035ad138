/**
 * Turns a text for people into their language: `{0}` stands for the first value. The editor's own translation has this
 * shape; what needs no editor is handed one.
 */
export type Translate = (message: string, ...values: readonly (string | number | boolean)[]) => string;

/** Puts values into a text as it is, where nothing is translated. */
export const untranslated: Translate = (message, ...values) =>
  message.replaceAll(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
