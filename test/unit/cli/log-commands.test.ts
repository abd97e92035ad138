import { describe, expect, it } from 'vitest';
import type { LoadReport, LogInfo } from '#protocol';
import type { LogAnswers } from '../../../cli/request.ts';
import { type CtsCircumstances, type CtsOutcome, runFakeCts } from '../../support/fake-engine.ts';
import { expectGolden } from '../../support/golden.ts';
import { DAMAGED_REPORT, SILENT_INFO, TALKATIVE_INFO, WHOLE_REPORT } from '../../support/sample-answers.ts';

type Method = keyof LogAnswers;
type Answer = LogAnswers[Method];

interface Conversation extends CtsOutcome {
  /** Params of each request. */
  readonly asked: readonly unknown[];
}

/** Runs `cts` with an engine that answers one method, and writes down what it is asked. */
async function converse(
  args: readonly string[],
  answers: readonly [Method, Answer],
  kind: CtsCircumstances = {},
): Promise<Conversation> {
  const [method, answer] = answers;
  const asked: unknown[] = [];
  const handle = (params: unknown): Promise<Answer> => {
    asked.push(params);
    return Promise.resolve(answer);
  };
  return { ...(await runFakeCts(args, { ...kind, engine: { [method]: handle } })), asked };
}

function info(args: readonly string[], answer: LogInfo, kind: CtsCircumstances = {}): Promise<Conversation> {
  return converse(args, ['logs/info', answer], kind);
}

describe('cts info', () => {
  it.each([
    { what: 'a log that tells everything', answer: TALKATIVE_INFO, golden: 'info' },
    { what: 'a log that tells nothing', answer: SILENT_INFO, golden: 'info-silent' },
    { what: 'a damaged route', answer: { ...SILENT_INFO, report: DAMAGED_REPORT }, golden: 'info-damaged' },
  ])('shows $what', async ({ answer, golden }) => {
    const { exitCode, stdout, stderr } = await info(['info', 'x'], answer);
    expect(exitCode).toBe(0);
    expectGolden(`cli/${golden}.txt`, `${stdout}--- stderr\n${stderr}`);
  });

  it('asks what it is told to ask', async () => {
    const args = ['info', 'x', '--schema', 'v0.9', '--max-bytes', '64M', '--no-resync'];
    const { asked } = await info(args, SILENT_INFO);
    expect(asked).toEqual([{ path: 'x', schema: 'v0.9', maxBytes: 64 * 2 ** 20, resync: false }]);
    expect((await info(['info', 'x'], SILENT_INFO)).asked).toEqual([{ path: 'x', resync: true }]);
  });

  it.each([{ args: ['--json', 'info', 'x'] }, { args: ['info', 'x', '--json'] }])(
    'gives programs one JSON document: $args',
    async ({ args }) => {
      const { stdout, stderr } = await info(args, TALKATIVE_INFO);
      expect(JSON.parse(stdout)).toEqual(TALKATIVE_INFO);
      expect(stderr).toBe('');
    },
  );

  it('says nothing on stderr under --quiet', async () => {
    const { stdout, stderr } = await info(['info', 'x', '-q'], TALKATIVE_INFO);
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });
});

describe('colours', () => {
  it.each([
    { what: 'no terminal', args: [], kind: {}, isColored: false },
    { what: 'a terminal', args: [], kind: { isTTY: true }, isColored: true },
    {
      what: 'a terminal and NO_COLOR',
      args: [],
      kind: { isTTY: true, env: { NO_COLOR: '1' } },
      isColored: false,
    },
    {
      what: 'a terminal and NO_COLOR empty',
      args: [],
      kind: { isTTY: true, env: { NO_COLOR: '' } },
      isColored: true,
    },
    { what: '--color', args: ['--color'], kind: { env: { NO_COLOR: '1' } }, isColored: true },
    { what: '--no-color', args: ['--no-color'], kind: { isTTY: true }, isColored: false },
  ])('with $what: $isColored', async ({ args, kind, isColored }) => {
    const { stdout, stderr } = await info([...args, 'info', 'x'], TALKATIVE_INFO, kind);
    expect(stdout.includes('\u001b[1mrlog\u001b[22m')).toBe(isColored);
    expect(stderr.includes('\u001b[32mwhole\u001b[39m')).toBe(isColored);
  });
});

describe('cts events', () => {
  function events(args: readonly string[], report: LoadReport = WHOLE_REPORT): Promise<Conversation> {
    return converse(['events', 'x', ...args], ['logs/readEvents', { delivered: 0, report }]);
  }

  it.each([
    { args: [], params: {} },
    { args: ['-s', 'can', '--service', 'carState'], params: { services: ['can', 'carState'] } },
    { args: ['--from', '-1.5', '--to', '1e3'], params: { fromSeconds: -1.5, toSeconds: 1000 } },
    { args: ['-n', '7', '--schema', 'newest'], params: { limit: 7, schema: 'newest' } },
    { args: ['--max-bytes', '10k'], params: { maxBytes: 10_240 } },
    { args: ['--no-resync'], params: { resync: false } },
  ])('asks for $params', async ({ args, params }) => {
    expect((await events(args)).asked).toEqual([{ path: 'x', resync: true, ...params }]);
  });

  it('says that nothing matches, and why that may be', async () => {
    expect(await events([])).toMatchObject({ exitCode: 0, stdout: '', stderr: 'No event matches.\n' });
    expectGolden('cli/events-damaged.txt', (await events([], DAMAGED_REPORT)).stderr);
  });

  it('prints lines as they come', async () => {
    const { stdout, stderr } = await runFakeCts(['events', 'x'], {
      engine: {
        'logs/readEvents': async (_, { notify }) => {
          await notify('logs/eventsRead', { lines: ['{"a":1}', '{"b":2}'] });
          await notify('logs/eventsRead', { lines: ['{"c":3}'] });
          return { delivered: 3, report: WHOLE_REPORT };
        },
      },
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{"a":1}\n{"b":2}\n{"c":3}\n', stderr: '' });
  });
});
