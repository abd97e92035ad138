import type { ToolManifest } from '#protocol';
import type { Backend } from '../backend/backend.ts';

/** The tools of the backend, asked once for each backend. */
export class ToolCatalog {
  readonly #backend: Backend;
  readonly #onListed: (tools: readonly ToolManifest[]) => void;
  #tools: Promise<readonly ToolManifest[]> | undefined;

  constructor(backend: Backend, onListed: (tools: readonly ToolManifest[]) => void) {
    this.#backend = backend;
    this.#onListed = onListed;
    backend.onStatus(({ state }) => {
      if (state !== 'ready') this.#tools = undefined;
    });
  }

  /** @throws {CtsError} */
  async list(): Promise<readonly ToolManifest[]> {
    const asked = (this.#tools ??= this.#ask());
    try {
      return await asked;
    } catch (error) {
      if (this.#tools === asked) this.#tools = undefined;
      throw error;
    }
  }

  async listAnalyzers(): Promise<readonly ToolManifest[]> {
    return (await this.list()).filter(({ kind }) => kind === 'analyzer');
  }

  async find(id: string): Promise<ToolManifest | undefined> {
    return (await this.list()).find((tool) => tool.id === id);
  }

  /** The backend is started first: what it was asked before it was ready would be forgotten. */
  async #ask(): Promise<readonly ToolManifest[]> {
    await this.#backend.start();
    const tools = await this.#backend.request('tools/list', {});
    this.#onListed(tools);
    return tools;
  }
}
