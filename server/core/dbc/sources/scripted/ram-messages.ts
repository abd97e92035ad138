/*
 * The messages that trucks of Ram share with other cars of Stellantis have other ids there. Source of the ids:
 * opendbc/dbc/generator/chrysler/_stellantis_common_ram.py of commaai/opendbc, commit 309c4025.
 */

/** File with the messages as the other cars have them. */
export const STELLANTIS_MESSAGES = '_stellantis_common.dbc';

/** Ids by what they are in the other cars; of several the second and later are named `…_ALT`. */
export type NewIds = ReadonlyMap<number, readonly number[]>;

/** Ids in the Ram 1500. */
export const RAM_DT_IDS: NewIds =
  readIds(`258 35; 264 37; 268 113; 280 181; 284 121; 288 123; 320 131; 344 139; 368 147;
  464 464; 500 153; 501 232; 544 49; 571 177; 559 157; 625 163; 669 213; 678 250; 720 720; 792 792; 820 657`);

/** Ids in the Ram 2500 and 3500. */
export const RAM_HD_IDS: NewIds = readIds('571 570 571; 678 629');

/**
 * Gives messages other ids, with what the blocks of their value texts say. Blocks end with an empty line; what no
 * empty line ends is left out, as opendbc's script leaves it out.
 */
export function renumberMessages(text: string, newIds: NewIds): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const written = [`CM_ "Generated from ${STELLANTIS_MESSAGES}"`, ''];
  let block: string[] = [];
  for (const line of lines.slice(0, -1)) {
    block.push(line);
    if (line.trim() !== '') continue;
    written.push(...renumberBlock(block, newIds));
    block = [];
  }
  return `${written.join('\n')}\n`;
}

function renumberBlock(block: readonly string[], newIds: NewIds): readonly string[] {
  const [head = '', ...rest] = block;
  const [keyword = '', id = '', name = '', ...more] = head.split(' ');
  if (!/^(?:BO_|VAL_)/.test(head)) return block;
  const ids = newIds.get(Number(id)) ?? [id];
  return ids.flatMap((newId, index) => {
    const newName = index > 0 && keyword === 'BO_' ? name.replace(/:$/, '_ALT:') : name;
    return [[keyword, String(newId), newName, ...more].join(' '), ...rest];
  });
}

function readIds(text: string): NewIds {
  return new Map(
    text.split(';').map((part) => {
      const [id = 0, ...newIds] = part.trim().split(/\s+/).map(Number);
      return [id, newIds] as const;
    }),
  );
}
