import { CtsError } from '#protocol';
import { readSmallFile } from './small-file.ts';

/** Settings whose value may be handed over in a file: `CTS_JWT_SECRET_FILE`, `jwt_secret_file`. */
const SECRET_NAMES = ['api_keys', 'api_key', 'jwt_secret'];
const SUFFIX = '_file';

/** How names of secrets are written where the values come from, and how paths count. */
export interface SecretNaming {
  readonly spell: (name: string) => string;
  readonly resolvePath: (path: string) => string;
  /** Takes what the operator should hear. */
  readonly warn: (warning: string) => void;
}

/**
 * Puts the content of files in the place of the names that say where they are.
 *
 * @throws {CtsError} INVALID_CONFIGURATION when one cannot be read, is empty, or the value is given as well.
 */
export async function readSecretFiles<Value>(
  values: Readonly<Record<string, Value>>,
  naming: SecretNaming,
): Promise<Readonly<Record<string, Value | string>>> {
  const result: Record<string, Value | string> = { ...values };
  for (const name of SECRET_NAMES) {
    const target = naming.spell(name);
    const pointer = naming.spell(name + SUFFIX);
    const path = values[pointer];
    if (typeof path !== 'string') continue;
    Reflect.deleteProperty(result, pointer);
    if (path === '') continue;
    if (values[target] !== undefined && values[target] !== '') throw refuseBoth(target, pointer);
    result[target] = await readSecret(path, pointer, naming);
  }
  return result;
}

async function readSecret(path: string, pointer: string, naming: SecretNaming): Promise<string> {
  const absolute = naming.resolvePath(path);
  const { text, isReadableByOthers } = await readSmallFile(absolute, pointer);
  if (isReadableByOthers)
    naming.warn(`Others may read the secret in ${absolute}, named by ${pointer}: chmod 600 keeps it.`);
  const secret = text.trim();
  if (secret === '')
    throw new CtsError(
      'INVALID_CONFIGURATION',
      `${absolute}, named by ${pointer}, is empty; expected a secret.`,
      {
        details: { key: pointer, value: absolute, source: pointer },
      },
    );
  return secret;
}

function refuseBoth(target: string, pointer: string): CtsError {
  return new CtsError(
    'INVALID_CONFIGURATION',
    `Both ${target} and ${pointer} are set; expected one of them.`,
    {
      details: { key: target, source: pointer },
    },
  );
}
