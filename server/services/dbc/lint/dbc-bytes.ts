import type { DbcText } from '#protocol';
import { printTree } from '../../../core/dbc/syntax/print-tree.ts';
import { encodeDbcText } from '../../../core/dbc/syntax/source-text.ts';
import type { OpenedDatabase } from '../bus-databases.ts';
import type { DbcFiles } from '../dbc-files.ts';

/** What handing out bytes needs. */
interface BytePorts {
  readonly files: Pick<DbcFiles, 'read'>;
  readonly encodeBase64: (bytes: Uint8Array) => string;
}

/** Hands out a database: a file byte for byte, a generated one as its text. */
export async function readDbcBytes(
  { name, path, madeFrom, encoding, tree }: OpenedDatabase,
  { files, encodeBase64 }: BytePorts,
  signal: AbortSignal,
): Promise<DbcText> {
  const bytes =
    madeFrom.length === 0
      ? (await files.read(path, signal)).bytes
      : encodeDbcText({ text: printTree(tree), encoding, hasBom: false });
  return { path, name, madeFrom: [...madeFrom], contentBase64: encodeBase64(bytes) };
}
