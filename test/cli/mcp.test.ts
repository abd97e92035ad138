import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CtsHome } from '../support/cts-home.ts';
import { repository } from '../support/repository.ts';

const SAMPLE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');

/** Connects as a program with a language model does. */
async function connectClient(): Promise<Client> {
  const home = new CtsHome();
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(repository, 'dist/cts.cjs'), 'mcp'],
      env: { ...home.env },
      stderr: 'ignore',
    }),
  );
  onTestFinished(async () => {
    await client.close();
    await home.remove();
  });
  return client;
}

interface ToolAnswer {
  readonly isError?: boolean;
  readonly content: readonly {
    readonly type: string;
    readonly text?: string;
    readonly uri?: string;
    readonly name?: string;
  }[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
}

describe('cts mcp', () => {
  it('offers every analyzer, and tells which tools only look', async () => {
    const client = await connectClient();
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['inspect_log', 'list_runs', 'get_run', 'cancel_run', 'run_rlog_to_csv']),
    );
    const looking = tools
      .filter(({ annotations }) => annotations?.readOnlyHint === true)
      .map(({ name }) => name);
    expect(looking).toEqual(['inspect_log', 'list_runs', 'get_run']);
    const { inputSchema } = tools.find(({ name }) => name === 'run_rlog_to_csv') ?? {};
    expect(inputSchema).toMatchObject({ required: ['path'], properties: { path: {}, window_start: {} } });
  }, 90_000);

  it('inspects a log, runs an analyzer, and hands out what that left', async () => {
    const client = await connectClient();
    const call = async (name: string, given: Record<string, unknown>): Promise<ToolAnswer> =>
      (await client.callTool({ name, arguments: given })) as ToolAnswer;
    const info = await call('inspect_log', { path: SAMPLE });
    expect(info.structuredContent).toHaveProperty('services');

    const ran = await call('run_rlog_to_csv', { path: SAMPLE, window_start: 0, window_dur: 1 });
    expect(ran.structuredContent).toMatchObject({ state: 'completed', analyzer: 'rlog-to-csv' });
    const link = ran.content.find(({ type }) => type === 'resource_link');
    const { contents } = await client.readResource({ uri: link?.uri ?? '' });
    expect(contents[0]).toMatchObject({
      mimeType: 'text/csv',
      text: expect.stringContaining(',') as unknown,
    });
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain(link?.uri);
  }, 90_000);

  it('says in words for a model what went wrong', async () => {
    const client = await connectClient();
    const fail = async (name: string, given: Record<string, unknown>): Promise<string> => {
      const { isError, content } = (await client.callTool({ name, arguments: given })) as ToolAnswer;
      expect(isError).toBe(true);
      return content[0]?.text ?? '';
    };
    expect(await fail('run_nothing', {})).toMatch(/^TOOL_NOT_FOUND: .*run_nothing/);
    expect(await fail('run_rlog_to_csv', {})).toMatch(/^INPUT_MISSING: /);
    expect(await fail('run_rlog_to_csv', { path: SAMPLE, windw_start: 1 })).toMatch(
      /^UNKNOWN_PARAMETER: .*window_start/s,
    );
    expect(await fail('inspect_log', { path: '/not/there' })).toMatch(/^FILE_NOT_FOUND: /);
    expect(await fail('get_run', {})).toMatch(/^INVALID_PARAMETER: .*runId/);
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow(/ARTIFACT_NOT_FOUND/);
  }, 90_000);
});
