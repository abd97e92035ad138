import { CtsError, type ParameterValues, type RunInput, type StartRunParams } from '#protocol';
import type { Analyzer } from '../../tools/tool.ts';
import type { ContentId, ContentStore } from '../artifacts/content-store.ts';
import type { UploadStore } from '../uploads/upload-store.ts';
import type { InputPlace } from './run-executor.ts';
import type { RunStore } from './run-store.ts';

/** Decides which paths a run may read. */
export interface InputGate {
  /** Folders that inputs must lie in; empty: anywhere. */
  readonly roots: readonly string[];
  /**
   * Returns the path in full, links resolved. The name of a route is handed back as it is.
   *
   * @throws {CtsError} FILE_NOT_FOUND, or INPUT_FORBIDDEN outside of the folders.
   */
  admit(path: string): Promise<string>;
}

/** What inputs are made from. */
export interface InputPorts {
  readonly gate: InputGate;
  readonly uploads: UploadStore;
  readonly store: RunStore;
  readonly contents: ContentStore;
}

/** An input that may be used. */
export interface AdmittedInput {
  readonly input: RunInput;
  /** What to call it. */
  readonly name: string;
}

/**
 * Takes the input from where it stands: on its own, or among the parameters under the name that comma-tools gave it.
 *
 * @throws {CtsError} INPUT_MISSING when the tool cannot do without.
 */
export function separateInput(
  tool: Analyzer,
  { input, parameters }: Pick<StartRunParams, 'input' | 'parameters'>,
): { readonly input: RunInput | undefined; readonly parameters: ParameterValues } {
  const { [tool.input.parameter]: path, ...others } = parameters;
  if (input !== undefined) return { input, parameters: others };
  if (typeof path === 'string' && path !== '') return { input: { type: 'path', path }, parameters: others };
  if (!tool.input.isRequired) return { input: undefined, parameters: others };
  throw new CtsError('INPUT_MISSING', `Required parameter '${tool.input.parameter}' missing`, {
    details: { tool: tool.id, parameter: tool.input.parameter },
    actions: [`Name what ${tool.id} shall read: --path FILE, --upload FILE, or "input" in a request.`],
  });
}

/** Checks that an input is there and may be read. */
export async function admitInput(input: RunInput, ports: InputPorts): Promise<AdmittedInput> {
  if (input.type !== 'path') return { input, name: (await findContent(input, ports)).name };
  const path = await ports.gate.admit(input.path);
  return { input: { type: 'path', path }, name: nameOf(path) };
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

/**
 * Puts an input where the process of a run finds it.
 *
 * @param prefix Stands before the name of a file that is put into the folder, so that two of one name have room there.
 */
export async function provideInput(
  input: RunInput,
  { folder, prefix = '' }: { readonly folder: string; readonly prefix?: string },
  ports: InputPorts,
): Promise<InputPlace> {
  if (input.type === 'path') {
    const path = await ports.gate.admit(input.path);
    return { path, roots: ports.gate.roots, name: nameOf(path) };
  }
  const { content, name } = await findContent(input, ports);
  const path = `${folder}/${prefix}${name}`;
  await ports.contents.link(content, path);
  return { path, roots: [], name };
}

interface NamedContent {
  readonly name: string;
  readonly content: ContentId;
}

async function findContent(
  input: Exclude<RunInput, { type: 'path' }>,
  { uploads, store }: InputPorts,
): Promise<NamedContent> {
  if (input.type === 'upload') return findUpload(input.uploadId, uploads);
  const artifact = await store.getArtifact(input.artifactId);
  if (artifact === undefined)
    throw new CtsError('ARTIFACT_NOT_FOUND', `No artifact with id ${input.artifactId}`, {
      details: { artifact_id: input.artifactId },
      actions: ['List what a run left: cts art list RUN'],
    });
  return { name: artifact.name, content: artifact };
}

async function findUpload(uploadId: string, uploads: UploadStore): Promise<NamedContent> {
  const upload = await uploads.get(uploadId);
  const details = { upload_id: uploadId };
  if (upload === undefined)
    throw new CtsError('UPLOAD_NOT_FOUND', `No upload with id ${uploadId}`, {
      details,
      actions: ['Upload the file again: cts upload FILE'],
    });
  const { state, filename, sha256, sizeBytes } = upload;
  if (state !== 'completed' || sha256 === null || sizeBytes === null)
    throw new CtsError(
      'UPLOAD_NOT_FINISHED',
      `Upload ${uploadId} of ${filename} is ${state}, not completed`,
      {
        details,
        actions: ['Send the rest of the file, then finalize the upload.'],
      },
    );
  return { name: filename, content: { sha256, sizeBytes } };
}
