import type { DecodeLogParams } from '#protocol';
import type { CommandContext } from '../../context.ts';
import { readDatabaseChoices } from './database-choices.ts';
import { type LogReadingOptions, namePlaces, type SearchOptions } from './search-places.ts';

/** Options of `cts dbc decode`. */
export interface DecodeOptions extends SearchOptions, LogReadingOptions {
  readonly dbc?: readonly string[];
  readonly message?: readonly string[];
  readonly signal?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly changes?: boolean;
  readonly limit?: number;
  readonly labels?: boolean;
  readonly format?: 'text' | 'json';
}

/** What both kinds of input are asked for. */
export function nameWanted(
  { options: { json } }: Pick<CommandContext, 'options'>,
  { dbc, message, signal, labels, format, ...search }: DecodeOptions,
): Omit<DecodeLogParams, 'path'> {
  return {
    ...namePlaces(search),
    ...(dbc !== undefined && { databases: [...readDatabaseChoices(dbc)] }),
    ...(message !== undefined && { messages: [...message] }),
    ...(signal !== undefined && { signals: [...signal] }),
    ...(labels !== undefined && { labels }),
    form: format ?? (json === true ? 'json' : 'text'),
  };
}
