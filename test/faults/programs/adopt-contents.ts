// Makes files and has them taken over, several at once, without end. Arguments: the data folder, and a seed.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStores } from '../../../server/adapters/data-folder/stores.ts';
import { acknowledge, readArgument } from './acknowledgement.ts';

const { contents, runFolders } = await openStores(readArgument(0), { ballastBytes: 0 });
const { work } = await runFolders.prepare(`run-${readArgument(1)}`);

async function adoptWithoutEnd(worker: number): Promise<void> {
  for (let number = 0; ; number++) {
    const bytes = randomBytes(randomInt(60_000));
    const content = { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
    const path = join(work, `${worker}-${number}`);
    await writeFile(path, bytes);
    await contents.adopt(path, content);
    acknowledge(`${content.sha256} ${content.sizeBytes}`);
  }
}

await Promise.all([1, 2, 3, 4].map(adoptWithoutEnd));
