import type { DecodeLogParams, DecodeTextParams } from '#protocol';
import { createJsonForm } from '../../../core/dbc/lines/json-lines.ts';
import type { LineForm } from '../../../core/dbc/lines/line-form.ts';
import { createTextForm } from '../../../core/dbc/lines/text-lines.ts';
import { WantedNames } from '../../../core/dbc/lines/wanted-names.ts';
import type { BusDatabases, OpenedDatabase } from '../bus-databases.ts';

const BUSES = 256;

/** What both requests may say about lines. */
export type LineWishes = Pick<DecodeLogParams & DecodeTextParams, 'messages' | 'signals' | 'form' | 'labels'>;

/** Makes the form of lines that is asked for. */
export function chooseForm({ form = 'json', labels = true }: LineWishes): LineForm {
  return form === 'json' ? createJsonForm({ labels }) : createTextForm({ labels });
}

/**
 * Finds out which messages and signals are wanted.
 *
 * @throws {CtsError} INVALID_PARAMETER for a name that no database has, with the nearest names.
 */
export function readWanted(
  { messages, signals }: LineWishes,
  databases: Pick<BusDatabases, 'of'>,
): WantedNames {
  const wanted = new WantedNames({ ...(messages && { messages }), ...(signals && { signals }) });
  wanted.check(listDatabases(databases));
  return wanted;
}

function listDatabases({ of }: Pick<BusDatabases, 'of'>): readonly OpenedDatabase[] {
  const opened = new Set<OpenedDatabase>();
  for (let bus = 0; bus < BUSES; bus++) {
    const chosen = of(bus);
    if (chosen !== undefined) opened.add(chosen.opened);
  }
  return [...opened];
}
