import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import type { EventToWrite } from '../../../../server/adapters/capnp/event-writer.ts';
import { logStats } from '../../../../server/tools/log-stats/log-stats.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { makeLog } from '../../../support/log-builder.ts';
import type { MemoryLog } from '../../../support/memory-logs.ts';
import { openMemoryLog } from '../../../support/memory-log.ts';
import { runTool, type ToolRun } from '../../../support/tool-run.ts';

function run(log: Uint8Array | MemoryLog, parameters: ParameterValues = {}): Promise<ToolRun> {
  return openMemoryLog('drive', log).then((input) =>
    runTool(logStats as unknown as Analyzer, { input, parameters }),
  );
}

function event(seconds: number, service: string, value: EventToWrite['value'] = {}): EventToWrite {
  return { logMonoTime: BigInt(Math.round((100 + seconds) * 1e9)), service, value };
}

function frame(address: number, src: number, hex: string): { address: number; src: number; dat: Uint8Array } {
  return { address, src, dat: Uint8Array.from(Buffer.from(hex, 'hex')) };
}

/** Every `step` seconds from one time to before another. */
function repeat(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.round((to - from) / step) }, (_, i) => from + i * step);
}

const byTime = (a: EventToWrite, b: EventToWrite): number => Number(a.logMonoTime - b.logMonoTime);

/** Six seconds: 0x40 stops at 4 s, bus 1 sleeps from 2 s to 3 s, carState runs at half its rate. */
const EVENTS: readonly EventToWrite[] = [
  ...repeat(0, 6, 0.01).map((at) =>
    event(at, 'can', [
      ...(at < 4 ? [frame(0x40, 0, `${Math.round(at * 100) % 2 === 0 ? '00' : '81'}22`)] : []),
      frame(0x41, 0, ''),
      ...(at < 1.995 || at > 2.995 ? [frame(0x7ff, 1, 'FF')] : []),
      frame(0x122, 128, 'FFEE'),
    ]),
  ),
  ...repeat(0, 6, 0.02).map((at) =>
    event(at, 'carState', { vEgo: 20, brakePressed: at >= 3, gearShifter: 'drive' }),
  ),
].sort(byTime);

function rowsOf(result: ToolRun, table: string): readonly Readonly<Record<string, unknown>>[] {
  return JSON.parse(result.files.get(`${table}.json`)?.toString() ?? '') as Readonly<
    Record<string, unknown>
  >[];
}

function find(
  rows: readonly Readonly<Record<string, unknown>>[],
  key: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const row = rows.find((each) => Object.entries(key).every(([name, value]) => each[name] === value));
  expect(row, JSON.stringify(key)).toBeDefined();
  return row ?? {};
}

describe('log-stats', () => {
  it('leaves five tables and a report', async () => {
    const { files } = await run(makeLog(EVENTS), { format: 'both' });
    expect([...files.keys()].toSorted()).toEqual([
      'bus_load.csv',
      'bus_load.json',
      'gaps.csv',
      'gaps.json',
      'log-stats.analysis_meta.json',
      'log-stats.report.html',
      'messages.csv',
      'messages.json',
      'services.csv',
      'services.json',
      'states.csv',
      'states.json',
    ]);
  });

  it('judges the rates of services, and names those that every drive has', async () => {
    const services = rowsOf(await run(makeLog(EVENTS), { format: 'json' }), 'services');
    expect(find(services, { service: 'can' })).toMatchObject({
      count: 600,
      rate_hz: 100,
      verdict: 'as expected',
    });
    expect(find(services, { service: 'carState' })).toMatchObject({
      count: 300,
      rate_hz: 50,
      expected_hz: 100,
      verdict: 'too slow',
      last_seconds: 5.98,
    });
    expect(find(services, { service: 'modelV2' })).toMatchObject({
      count: 0,
      verdict: 'missing',
      rate_hz: null,
    });
  });

  it('tells gaps of buses and of messages that stop, each once', async () => {
    const gaps = rowsOf(await run(makeLog(EVENTS), { format: 'json' }), 'gaps');
    expect(gaps).toEqual([
      {
        scope: 'bus',
        name: 'bus 1',
        kind: 'gap',
        from_seconds: 1.99,
        to_seconds: 3,
        seconds: 1.01,
        usual_ms: 10,
      },
      {
        scope: 'message',
        name: '0x040 on bus 0',
        kind: 'end',
        from_seconds: 3.99,
        to_seconds: 5.99,
        seconds: 2,
        usual_ms: 10,
      },
    ]);
  });

  it('describes messages: rate, lengths, bits that changed', async () => {
    const messages = rowsOf(await run(makeLog(EVENTS), { format: 'json' }), 'messages');
    expect(
      messages.map(({ bus, arbitration_id, source, count }) => [bus, arbitration_id, source, count]),
    ).toEqual([
      [0, '0x040', 'received', 400],
      [0, '0x041', 'received', 600],
      [1, '0x7FF', 'received', 500],
      [128, '0x122', 'sent', 600],
    ]);
    expect(messages[0]).toMatchObject({
      rate_hz: 100,
      median_ms: 10,
      jitter_ms: 0,
      lengths: '2',
      changed_bits: 2,
      changed_mask: '8100',
      last_seconds: 3.99,
    });
    expect(messages[2]).toMatchObject({ longest_gap_seconds: 1.01, longest_gap_at: 1.99, changed_bits: 0 });
  });

  it('measures load by the bits on the wire, with what was sent on the bus', async () => {
    const loads = rowsOf(await run(makeLog(EVENTS), { format: 'json', bucket: 2 }), 'bus_load');
    const first = find(loads, { bus: 0, from_seconds: 0 });
    const sent = find(loads, { bus: 128, from_seconds: 0 });
    expect(first).toMatchObject({ frames: 400, fd_frames: 0, data_phase_bits: 0, seconds: 2 });
    expect(first['load_percent']).toBeCloseTo(Number(first['bits']) / 500_000 / 2 / 0.01, 3);
    expect(first['total_load_percent']).toBeCloseTo(
      Number(first['load_percent']) + Number(sent['load_percent']),
      2,
    );
    expect(sent['total_load_percent']).toBeNull();
  });

  it('takes bit rates for all buses and for single ones', async () => {
    const slow = rowsOf(
      await run(makeLog(EVENTS), { format: 'json', bitrate: ['500000', '1:125000'] }),
      'bus_load',
    );
    const usual = rowsOf(await run(makeLog(EVENTS), { format: 'json' }), 'bus_load');
    const load = (rows: typeof slow, bus: number): number =>
      Number(find(rows, { bus, from_seconds: 1 })['load_percent']);
    expect(load(slow, 1)).toBeCloseTo(4 * load(usual, 1), 2);
    expect(load(slow, 0)).toBe(load(usual, 0));
  });

  it('adds up how long states held, and says which the log does not tell', async () => {
    const result = await run(makeLog(EVENTS), { format: 'json' });
    const states = rowsOf(result, 'states');
    expect(find(states, { state: 'carState.brakePressed', value: 'true' })).toMatchObject({
      seconds: 2.98,
      entries: 1,
      share_percent: 49.833,
    });
    expect(find(states, { state: 'carState.gearShifter' })).toMatchObject({
      value: 'drive',
      share_percent: 100,
    });
    expect(result.lines.join('\n')).toContain(
      'INFO States that this log does not tell: selfdriveState.enabled',
    );
  });

  it('begins with what is unusual', async () => {
    const { files, lines } = await run(makeLog(EVENTS));
    const html = files.get('log-stats.report.html')?.toString() ?? '';
    const lead =
      /<p class="lead">(.*?)<\/p>/
        .exec(html)?.[1]
        ?.replaceAll(/<[^>]+>/g, '')
        .replaceAll('\u00a0', ' ') ?? '';
    expect(lead).toContain('Missing, though every drive has it: ');
    expect(lead).toContain('Bus 1 was silent from 0:01.990 to 0:03.000 (1.01 s). ');
    expect(lead).toContain('Stopped before the end: 0x040 on bus 0 at 0:03.990. ');
    expect(lead).toContain('Slower than openpilot sends it: carState (50 of 100 Hz). ');
    expect(lines).toContain('WARNING No frame on bus 1 from 0:01.990 to 0:03.000 (1.01\u00a0s).');
  });

  it('takes a segment that is not there for one gap of the log', async () => {
    const part = (from: number): Uint8Array =>
      makeLog(repeat(from, from + 2, 0.01).map((at) => event(at, 'can', [frame(0x40, 0, '00')])));
    const result = await run({ segments: { 0: part(0), 2: part(120) } }, { format: 'json' });
    expect(rowsOf(result, 'gaps')).toMatchObject([{ scope: 'log', from_seconds: 1.99, to_seconds: 120 }]);
    expect(result.files.get('log-stats.report.html')?.toString()).toContain(
      'Most likely a segment is missing here',
    );
  });

  it('counts events that come early as inversions, not as gaps', async () => {
    const times = [...repeat(0, 3, 0.01), 1, ...repeat(3, 6, 0.01)];
    const result = await run(makeLog(times.map((at) => event(at, 'can', [frame(0x40, 0, '00')]))), {
      format: 'json',
    });
    expect(rowsOf(result, 'messages')).toMatchObject([{ inversions: 1, longest_gap_seconds: 0.01 }]);
    expect(rowsOf(result, 'gaps')).toEqual([]);
  });

  it('compares a qlog with the rates of qlogs', async () => {
    const events = [
      ...repeat(0, 6, 0.1).flatMap((at) => [event(at, 'carState'), event(at, 'carControl')]),
      ...repeat(0, 6, 0.5).map((at) => event(at, 'deviceState')),
    ].sort(byTime);
    const result = await run(makeLog(events), { format: 'json' });
    expect(result.files.get('log-stats.report.html')?.toString()).toContain('This is a qlog.');
    expect(find(rowsOf(result, 'services'), { service: 'carState' })).toMatchObject({
      expected_hz: 10,
      verdict: 'as expected',
    });
  });

  it('says the same twice, byte by byte', async () => {
    const [first, second] = [await run(makeLog(EVENTS)), await run(makeLog(EVENTS))];
    expect([...first.files.values()].map(String)).toEqual([...second.files.values()].map(String));
  });

  it('reads logs without CAN frames and with times from everywhere', async () => {
    const log = makeLog([
      event(0, 'carState'),
      { logMonoTime: 2n ** 63n, service: 'carState', value: {} },
      { logMonoTime: 0n, service: 'can', value: [frame(1, 255, '00')] },
    ]);
    const result = await run(log, { format: 'json' });
    expect(rowsOf(result, 'services').find(({ service }) => service === 'carState')).toMatchObject({
      count: 2,
    });
    const empty = await run(makeLog([event(0, 'carState')]));
    expect(empty.files.get('log-stats.report.html')?.toString()).toContain('The log has no CAN frames.');
  });
});
