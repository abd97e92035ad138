import process from 'node:process';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CtsError } from '#protocol';
import type { McpService } from '../cli/commands/mcp.ts';
import { LinkLost, ServiceLink } from './adapters/service-link/service-link.ts';
import { createMcpServer } from './transports/mcp/mcp-server.ts';
import type { Ask } from './transports/mcp/mcp-tool.ts';

/** What `cts mcp` does: joins the server of MCP on stdin and stdout to a service. Ends with stdin. */
export async function serveMcp({ url, credential, version, signal }: McpService): Promise<void> {
  const links = new Links({ url, token: credential });
  const server = createMcpServer({ version, ask: links.ask });
  const ended = Promise.withResolvers<undefined>();
  const end = (): void => {
    ended.resolve(undefined);
  };
  process.stdin.once('end', end).once('close', end);
  signal.addEventListener('abort', end, { once: true });
  await server.connect(new StdioServerTransport());
  await ended.promise;
  await server.close();
  await links.close();
}

/** The connection to a service; one that broke is made anew with the next question. */
class Links {
  readonly #place: { readonly url: string; readonly token: string | undefined };
  #link: Promise<ServiceLink | undefined> | undefined;

  constructor(place: { readonly url: string; readonly token: string | undefined }) {
    this.#place = place;
  }

  readonly ask: Ask = async (method, params, signal) => {
    const link = await this.#open();
    try {
      return (await link.request(method, params, { signal, notify: () => undefined })) as Awaited<
        ReturnType<typeof this.ask<typeof method>>
      >;
    } catch (error) {
      throw error instanceof LinkLost ? this.#describeLoss() : error;
    }
  };

  async close(): Promise<void> {
    (await this.#link)?.close();
  }

  async #open(): Promise<ServiceLink> {
    this.#link ??= this.#connect();
    const link = await this.#link;
    if (link !== undefined) return link;
    this.#link = undefined;
    throw this.#describeLoss();
  }

  async #connect(): Promise<ServiceLink | undefined> {
    const link = await ServiceLink.open(this.#place);
    void link?.closed.then(() => {
      this.#link = undefined;
    });
    return link;
  }

  #describeLoss(): CtsError {
    return new CtsError('SERVER_UNREACHABLE', `The CTS service at ${this.#place.url} does not answer`, {
      actions: ['Start the server of MCP again: cts mcp starts a service where none answers.'],
    });
  }
}
