import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { CtsError, type StartRunBody } from '#protocol';
import type { CommandContext } from '../context.ts';
import type { Service } from '../service/service.ts';

/** What a run shall read, as it is said on the command line. */
export interface InputOptions {
  readonly path?: string;
  readonly upload?: string;
  readonly artifact?: string;
}

type Input = NonNullable<StartRunBody['input']>;

/** Makes ready what a run reads; a file to upload is uploaded. @throws {CtsError} INVALID_PARAMETER for two inputs. */
export async function prepareInput(
  context: CommandContext,
  service: Service,
  { path, upload, artifact }: InputOptions,
): Promise<Input | undefined> {
  if ([path, upload, artifact].filter((given) => given !== undefined).length > 1) {
    throw new CtsError(
      'INVALID_PARAMETER',
      'A run reads one thing: give one of --path, --upload and --artifact',
    );
  }
  if (path !== undefined) return { type: 'path', value: locateInput(path, service) };
  if (artifact !== undefined) return { type: 'artifact', value: artifact };
  if (upload === undefined) return undefined;
  const { uploadFile } = await import('../transfer/upload.ts');
  return { type: 'upload', value: (await uploadFile(context, service.http, upload)).id };
}

/** Names a file of a parameter; an upload or an artifact is one already. */
export function locateFile(reference: string, service: Pick<Service, 'isOnThisMachine'>): string {
  return /^(?:upload|artifact):/.test(reference) ? reference : locateInput(reference, service);
}

/**
 * Names a log so that a service with another current folder finds it: a file by its whole path, and a route below
 * the folder where the user stands. Of a service elsewhere only the user knows the files.
 */
export function locateInput(path: string, { isOnThisMachine }: Pick<Service, 'isOnThisMachine'>): string {
  if (!isOnThisMachine || path === '' || isAbsolute(path) || path.includes('\0')) return path;
  if (existsSync(path)) return resolve(path);
  return /^[a-z][a-z+.-]*:\/\//i.test(path) ? path : join(process.cwd(), path);
}
