import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { CtsError } from '#protocol';
import { createAnalyzerTool } from './analyzer-tools.ts';
import { listArtifacts, readArtifact } from './artifact-resources.ts';
import { LOOKING_TOOLS } from './looking-tools.ts';
import type { Ask, McpCall, McpOutcome, McpTool } from './mcp-tool.ts';

const INSTRUCTIONS =
  'CTS reads openpilot logs (rlog, qlog) and runs analyzers on them. Inspect a log first, then run an analyzer with its ' +
  'absolute path; the files that a run leaves are resources. Times are seconds from the start of the log.';

/** What the server needs of the rest. */
export interface McpPorts {
  readonly version: string;
  /** @throws {CtsError} */
  readonly ask: Ask;
}

/** Offers the analyzers, runs and artifacts of a service to a language model. Tools are those of the service's registry. */
export function createMcpServer({ version, ask }: McpPorts): McpServer {
  const offering = new McpServer(
    { name: 'cts', title: 'CTS', version },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
  );
  const { server } = offering;
  const findTools = async (signal: AbortSignal): Promise<readonly McpTool[]> => {
    const manifests = await ask('tools/list', {}, signal);
    const analyzers = manifests.filter(({ kind }) => kind === 'analyzer');
    return [...LOOKING_TOOLS, ...analyzers.map(createAnalyzerTool)];
  };
  server.setRequestHandler(ListToolsRequestSchema, async (_request, { signal }) => ({
    tools: (await findTools(signal)).map(({ description }) => description),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
    const { name, arguments: given = {}, _meta: meta } = params;
    const progressToken = meta?.progressToken;
    const tellProgress: McpCall['tellProgress'] = async ({ fraction, message }) => {
      if (progressToken === undefined) return;
      const news = { progressToken, progress: fraction, total: 1, message };
      await sendNotification({ method: 'notifications/progress', params: news });
    };
    try {
      const tool = (await findTools(signal)).find(({ description }) => description.name === name);
      if (tool === undefined) throw refuseTool(name);
      return toResult(await tool.call(given, { ask, signal, tellProgress }));
    } catch (error) {
      return describeFailure(error);
    }
  });
  server.setRequestHandler(ListResourcesRequestSchema, async (_request, { signal }) => ({
    resources: await listArtifacts(ask, signal),
  }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }, { signal }) => {
    try {
      return { contents: await readArtifact(params.uri, ask, signal) };
    } catch (error) {
      throw error instanceof CtsError ? new McpError(ErrorCode.InvalidParams, phraseFailure(error)) : error;
    }
  });
  return offering;
}

function toResult({ value, files = [], isFailure = false }: McpOutcome): CallToolResult {
  const links = files.map(({ uri, name, mimeType }) => ({
    type: 'resource_link' as const,
    uri,
    name,
    mimeType,
  }));
  return {
    content: [{ type: 'text', text: JSON.stringify(value, undefined, 1) }, ...links],
    structuredContent: value as Record<string, unknown>,
    isError: isFailure,
  };
}

/** A model reads what went wrong and can do better; a bug is told by its message alone. */
function describeFailure(error: unknown): CallToolResult {
  const text = error instanceof CtsError ? phraseFailure(error) : `INTERNAL_ERROR: ${String(error)}`;
  return { content: [{ type: 'text', text }], isError: true };
}

function phraseFailure({ code, message, actions }: CtsError): string {
  return [`${code}: ${message}.`.replace(/([.?!])\.$/, '$1'), ...actions].join('\n');
}

function refuseTool(name: string): CtsError {
  return new CtsError('TOOL_NOT_FOUND', `There is no tool ${JSON.stringify(name.slice(0, 100))}`, {
    actions: ['List the tools: each analyzer is one, named run_… .'],
  });
}
