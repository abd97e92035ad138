import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArtifactBody, CapabilitiesBody, RunBody, ToolCapabilityBody } from '#protocol';
import { LiteProcess } from '../support/lite-process.ts';
import { buildCanEvent } from '../support/message-builder.ts';
import { repository } from '../support/repository.ts';
import { sharedDir } from '../support/shared.ts';

const DRIVE = join(repository, 'media/sample/synthetic-subaru-55mph.rlog.zst');

/** What each tool is asked about the bundled drive. */
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'can-bit-transition': { low: ['1-2'], high: ['20-24'] },
  'can-bitwatch': { window_start: 25, window_dur: 14, export_json: true },
  'can-unique': { background_times: ['0-20'], interesting_times: ['20-40'] },
  'cruise-control-analyzer': { export_csv: true, export_json: true },
  'find-signal': { field: 'carState.vEgo' },
  'log-stats': {},
  'rlog-to-csv': {},
  'signals-export': { fields: ['carState.vEgo', 'carState.gasPressed'], format: 'parquet' },
};
const TOOL_IDS = Object.keys(PARAMETERS);

const folder = mkdtempSync(join(tmpdir(), 'cts-lite-analyzers-'));
let service: LiteProcess;

beforeAll(async () => {
  service = await LiteProcess.start({ dataFolder: join(folder, 'data') });
});

afterAll(async () => {
  await service.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

function startRun(
  toolId: string,
  path: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<RunBody> {
  const input = { type: 'path', value: path };
  const body = { tool_id: toolId, input, params: PARAMETERS[toolId], ...more };
  return service.post('/v1/runs', body) as Promise<RunBody>;
}

function getRun(id: string): Promise<RunBody> {
  return service.get(`/v1/runs/${id}`) as Promise<RunBody>;
}

async function waitForEnd(id: string): Promise<RunBody> {
  for (;;) {
    const run = await getRun(id);
    if (!['queued', 'running'].includes(run.status)) return run;
    await sleep(20);
  }
}

/** Names and texts of what a run left, ids and times apart. */
async function readFiles(id: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const artifact of (await service.get(`/v1/runs/${id}/artifacts`)) as ArtifactBody[]) {
    const bytes = await (await service.fetch(`/v1/artifacts/${artifact.id}/download`)).arrayBuffer();
    const text = Buffer.from(bytes).toString('latin1');
    files.set(artifact.filename, hideIdentity(text, id));
  }
  return files;
}

function hideIdentity(text: string, runId: string): string {
  return text
    .replaceAll(runId, '<run>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?/g, '<time>');
}

async function listTools(): Promise<ReadonlyMap<string, ToolCapabilityBody>> {
  const { tools } = (await service.get('/v1/capabilities')) as CapabilitiesBody;
  return new Map(tools.map((tool) => [tool.id, tool]));
}

describe('the analyzers of the service', () => {
  it('are all listed, each with what it reads, takes and leaves', async () => {
    const tools = await listTools();
    expect([...tools.keys()].sort()).toEqual(TOOL_IDS);
    for (const tool of tools.values()) {
      expect(tool.input_types.length).toBeGreaterThan(0);
      expect(tool.output_types.length).toBeGreaterThan(0);
      for (const parameter of Object.values(tool.parameters)) expect(parameter.description).not.toBe('');
    }
  });

  it.each(TOOL_IDS)('%s leaves the same files each time, ids and times apart', async (toolId) => {
    const runs = [await startRun(toolId, DRIVE), await startRun(toolId, DRIVE)];
    const [first, second] = await Promise.all(
      runs.map(async ({ id }) => {
        expect(await waitForEnd(id)).toMatchObject({ status: 'completed', progress: 100, error: null });
        return readFiles(id);
      }),
    );
    expect(first?.size).toBeGreaterThan(0);
    for (const [name, text] of first ?? [])
      expect({ name, length: text.length }).not.toEqual({ name, length: 0 });
    expect(second).toEqual(first);
  });
});

describe('an analyzer that is canceled', () => {
  /** A minute with 3 million frames: seconds of work for every tool. */
  const longLog = join(folder, 'long.rlog.zst');

  beforeAll(() => {
    writeFileSync(longLog, zstdCompressSync(makeLongLog(60_000, 50)));
  });

  it.each(TOOL_IDS)('%s stops within two seconds', async (toolId) => {
    const { id } = await startRun(toolId, longLog, {
      max_bytes: 2 ** 30,
      params: LONG_PARAMETERS[toolId] ?? {},
    });
    while ((await getRun(id)).status === 'queued') await sleep(5);
    await sleep(150);
    const askedAt = performance.now();
    await service.fetch(`/v1/runs/${id}`, { method: 'DELETE' });
    const run = await waitForEnd(id);
    expect(performance.now() - askedAt).toBeLessThan(2000);
    expect(run).toMatchObject({ status: 'canceled' });
    expect(await service.get(`/v1/runs/${id}/artifacts`)).toEqual([]);
  });
});

const LONG_PARAMETERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...PARAMETERS,
  'find-signal': { intervals: ['10-20', '25-26'] },
  'signals-export': { fields: ['can.length', 'can[0].address', 'logMonoTime'] },
};

/** Events a millisecond apart, frames of many messages in each; their payloads repeat after 64 of them. */
function makeLongLog(events: number, framesPerEvent: number): Uint8Array {
  const templates = Array.from({ length: 64 }, (_, event) =>
    buildCanEvent(0n, makeFrames(event, framesPerEvent)),
  );
  const timeAt = findDifference(templates[0], buildCanEvent(1n, makeFrames(0, framesPerEvent)));
  return Buffer.concat(
    Array.from({ length: events }, (_, event) => {
      const bytes = Buffer.from(templates[event % 64] ?? []);
      bytes.writeBigUInt64LE(BigInt(event) * 1_000_000n, timeAt);
      return bytes;
    }),
  );
}

function makeFrames(event: number, count: number): Parameters<typeof buildCanEvent>[1] {
  return Array.from({ length: count }, (_, i) => ({
    address: 0x100 + i,
    bus: i % 3,
    data: [event, event >> 3, i, 0, 1, 2, 3, (event * i) & 255],
  }));
}

function findDifference(a: Uint8Array = new Uint8Array(0), b: Uint8Array): number {
  return a.findIndex((byte, i) => byte !== b[i]);
}

describe.skipIf(sharedDir === undefined)('the tools that CTS-Lite had', () => {
  interface GoldenTool {
    readonly id: string;
    readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
  const read = (): readonly GoldenTool[] =>
    (
      JSON.parse(readFileSync(join(sharedDir ?? '', 'golden/api/capabilities.json'), 'utf8')) as {
        tools: readonly GoldenTool[];
      }
    ).tools;

  it('are there with their parameters, types, defaults and choices', async () => {
    const tools = await listTools();
    for (const { id, parameters } of read()) {
      const ours = tools.get(id);
      for (const [name, { type, default: byDefault, choices }] of Object.entries(parameters)) {
        const parameter = ours?.parameters[name];
        expect({ id, name, type: parameter?.type, default: parameter?.default }).toEqual({
          ...{ id, name, type },
          default: byDefault,
        });
        if (choices !== null) expect(parameter?.choices).toEqual(expect.arrayContaining(choices as string[]));
      }
    }
  });
});
