import { CtsError } from '#protocol';

import { openNapiEngine } from './napi-engine.ts';
import { openNodeZlibEngine } from './node-zlib-engine.ts';
import type { ZstdEngine, ZstdEngineChoice } from './zstd-engine.ts';

/**
 * Creates a decoder for one file.
 *
 * @throws {CtsError} UNSUPPORTED_CONTAINER when this installation has no such decoder.
 */
export async function openZstdEngine(choice: ZstdEngineChoice): Promise<ZstdEngine> {
  const engine =
    (choice === 'node:zlib' ? undefined : await openNapiEngine()) ??
    (choice === 'zstd-napi' ? undefined : openNodeZlibEngine());
  if (engine === undefined) throw noEngine(choice);
  return engine;
}

function noEngine(choice: ZstdEngineChoice): CtsError {
  const what = choice === 'auto' ? 'a zstd decoder' : `the zstd decoder ${choice}`;
  return new CtsError(
    'UNSUPPORTED_CONTAINER',
    `Cannot read zstd: this installation has not ${what}. Use Node 22.15 or later, or run npm rebuild zstd-napi.`,
    { details: { container: 'zstd', engine: choice } },
  );
}
