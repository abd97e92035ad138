import { constants } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CtsError } from '#protocol';
import type { SqliteEngine } from '../sqlite/sql-connection.ts';
import { toStoreFailure } from '../sqlite/sqlite-failure.ts';
import { provideAccessToken } from './access-token.ts';
import { type OwnerLock, takeOwnerLock } from './owner-lock.ts';
import { makePrivateFolder } from './private-file.ts';
import { readServiceFile, serviceFilePath, type ServiceInfo, writeServiceFile } from './service-file.ts';

/** A data folder that belongs to this process and nobody else. */
export interface DataFolder {
  readonly path: string;
  /** What clients show to be let in. */
  readonly token: string;
  /** Tells clients how to reach the service. */
  writeServiceFile(info: ServiceInfo): Promise<void>;
  /** Lets the next one have it. */
  release(): Promise<void>;
}

/**
 * Makes a folder the data folder of this process, for as long as it lives.
 *
 * @throws {CtsError} STORE_IN_USE at once when another process has it; STORE_UNAVAILABLE when it cannot be used, or
 * others could change what is in it.
 */
export async function takeDataFolder(folder: string, engine?: SqliteEngine): Promise<DataFolder> {
  const path = resolve(folder);
  try {
    await prepareFolder(path);
    const lock = takeOwnerLock(join(path, 'owner.lock'), engine) ?? (await refuseSecondOwner(path));
    return await furnishFolder(path, lock);
  } catch (error) {
    throw toStoreFailure(error, path);
  }
}

async function furnishFolder(path: string, lock: OwnerLock): Promise<DataFolder> {
  try {
    // Whoever wrote it is dead.
    await removeServiceFile(path);
    return {
      path,
      token: await provideAccessToken(path),
      writeServiceFile: (info) => writeServiceFile(path, info),
      release: async () => {
        await removeServiceFile(path);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function removeServiceFile(path: string): Promise<void> {
  await rm(serviceFilePath(path), { force: true });
}

async function prepareFolder(path: string): Promise<void> {
  await makePrivateFolder(path);
  const { mode, uid } = await stat(path);
  const owner = process.getuid?.();
  if (owner === undefined) return;
  if (uid !== owner && uid !== 0) throw refuseUnsafe(path, 'it belongs to another user', `chown it to yours`);
  if ((mode & constants.S_IWOTH) !== 0)
    throw refuseUnsafe(path, 'everybody may write into it', `chmod o-w ${path}`);
  await access(path, constants.W_OK);
}

function refuseUnsafe(path: string, cause: string, remedy: string): CtsError {
  return new CtsError('STORE_UNAVAILABLE', `Cannot use the data folder ${path}: ${cause}`, {
    details: { path },
    actions: [`Make it safe (${remedy}), or choose another one with --data-dir.`],
  });
}

async function refuseSecondOwner(path: string): Promise<never> {
  const owner = await readServiceFile(path);
  const who = owner === undefined ? 'another process' : `the service ${owner.url} (process ${owner.pid})`;
  throw new CtsError('STORE_IN_USE', `Cannot use the data folder ${path}: ${who} is using it`, {
    details: { path, ...owner },
    actions: ['Use that service, or stop it.', 'Or choose another data folder with --data-dir.'],
  });
}
