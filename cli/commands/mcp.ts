import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CtsError } from '#protocol';
import type { CommandContext } from '../context.ts';
import { EXIT_DONE } from '../exit-codes.ts';

/** The service that a server of MCP asks. */
export interface McpService {
  readonly url: string;
  readonly credential: string | undefined;
  readonly version: string;
  /** Aborted when the server shall end. */
  readonly signal: AbortSignal;
}

/** What the program of MCP exports: a bundle of its own, so that no other command loads it. */
export interface McpProgram {
  /** Serves until stdin ends. */
  serveMcp(service: McpService): Promise<void>;
}

/** `cts mcp`: offers the tools of a service to a language model, until the other side closes stdin. */
export async function serveMcp(context: CommandContext): Promise<number> {
  const program = loadProgram(join(context.programFolder, 'programs', 'mcp.cjs'));
  const { http, credential } = await context.openService();
  const { version, signal } = context;
  await program.serveMcp({ url: http.base.href, credential, version, signal });
  return EXIT_DONE;
}

function loadProgram(path: string): McpProgram {
  try {
    return createRequire(path)(path) as McpProgram;
  } catch (cause) {
    throw new CtsError('SERVER_NOT_STARTED', `Cannot serve MCP: ${path} is missing or does not load`, {
      actions: ['Install CTS again.'],
      cause,
    });
  }
}
