import type { RequestHandlers } from '#protocol';
import type { DatabaseLibrary } from '../bus-databases.ts';
import type { DbcFiles } from '../dbc-files.ts';
import { readDbcBytes } from './dbc-bytes.ts';
import { describeDbc } from './dbc-info.ts';
import { lintDbc } from './lint-result.ts';
import { listRules } from './lint-rules.ts';

/** What the handlers need. */
export interface LintPorts {
  readonly files: Pick<DbcFiles, 'read'>;
  readonly library: DatabaseLibrary;
  readonly encodeBase64: (bytes: Uint8Array) => string;
}

/** Answers what is asked of single DBC files: what is wrong in them, and what they say. */
export function createLintHandlers(
  ports: LintPorts,
): Pick<RequestHandlers, 'dbc/lint' | 'dbc/rules' | 'dbc/describe' | 'dbc/text'> {
  const { files, library, encodeBase64 } = ports;
  return {
    'dbc/lint': async (params, { signal }) =>
      lintDbc(await files.read(params.path, signal), params, encodeBase64),
    'dbc/rules': (params) => Promise.resolve({ rules: listRules(params) }),
    'dbc/describe': async ({ path, ...places }, { signal }) =>
      describeDbc(await library.open(path, places, signal)),
    'dbc/text': async ({ path, ...places }, { signal }) =>
      readDbcBytes(await library.open(path, places, signal), ports, signal),
  };
}
