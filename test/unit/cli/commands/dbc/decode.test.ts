import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DecodeLogParams, DecodeLogResult, DecodeTextParams, DecodeTextResult } from '#protocol';
import { HALF_COVERAGE, makeBusDatabase } from '../../../../support/dbc-answers.ts';
import { type CtsCircumstances, type CtsOutcome, runFakeCts } from '../../../../support/fake-engine.ts';
import { DAMAGED_REPORT, WHOLE_REPORT } from '../../../../support/sample-answers.ts';
import { useTemporaryFolder } from '../../../../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const HERE = resolve('.');

interface LogConversation extends CtsOutcome {
  readonly asked: readonly DecodeLogParams[];
}

async function decodeLog(
  args: readonly string[],
  answer: Partial<DecodeLogResult> = {},
  lines: readonly string[] = ['one', 'two'],
): Promise<LogConversation> {
  const asked: DecodeLogParams[] = [];
  const outcome = await runFakeCts(['dbc', 'decode', ...args], {
    engine: {
      'dbc/decode': async (params, { notify }) => {
        asked.push(params);
        await notify('dbc/framesDecoded', { lines: [...lines] });
        return { delivered: lines.length, buses: [], report: WHOLE_REPORT, ...answer };
      },
    },
  });
  return { ...outcome, asked };
}

describe('cts dbc decode of a log', () => {
  it('prints lines as they come, and tells what each bus was read with', async () => {
    const buses = [
      makeBusDatabase(),
      makeBusDatabase({ bus: 1, database: null, advice: 'Name one: --dbc 1=FILE' }),
      makeBusDatabase({
        bus: 2,
        database: { name: 'camera', path: '/c.dbc', source: 'match' },
        coverage: { ...HALF_COVERAGE, frames: 1000, decodedFrames: 9, wrongChecksums: 3, otherSize: 1 },
      }),
    ];
    expect(await decodeLog(['drive'], { buses })).toEqual({
      exitCode: 0,
      stdout: 'one\ntwo\n',
      stderr: [
        'bus 0: 49 % of 60,311 frames decoded with car (named on the command line)',
        'bus 1: no database; 60,311 frames of 40 ids not decoded',
        '  Name one: --dbc 1=FILE',
        'bus 2: less than 1 % of 1,000 frames decoded with camera (by what is on the bus); ' +
          '3 of 20,000 checksums wrong; 1 message of another size',
        '',
      ].join('\n'),
      asked: [{ path: 'drive', resync: true, projectFolder: HERE, labels: true, form: 'text' }],
    });
  });

  it('asks what it is told to ask', async () => {
    const args = [
      ...['drive', '--dbc', 'car.dbc', '--dbc', '0=a,b.dbc,128=c', '--opendbc', 'x', '--opendbc', '/y'],
      ...['-m', 'A', '--message', '0x13A', '-s', 'A.B', '--from', '1', '--to', '2.5', '--changes', '-n', '7'],
      ...[
        '--no-labels',
        '--json',
        '--project-folder',
        '/p',
        '--schema',
        'v0.9',
        '--max-bytes',
        '1k',
        '--no-resync',
      ],
    ];
    expect((await decodeLog(args)).asked).toEqual([
      {
        path: 'drive',
        schema: 'v0.9',
        maxBytes: 1024,
        resync: false,
        databases: [{ path: 'car.dbc' }, { bus: 0, path: 'a,b.dbc' }, { bus: 128, path: 'c' }],
        searchPaths: [resolve('x'), resolve('/y')],
        projectFolder: resolve('/p'),
        messages: ['A', '0x13A'],
        signals: ['A.B'],
        fromSeconds: 1,
        toSeconds: 2.5,
        changesOnly: true,
        limit: 7,
        labels: false,
        form: 'json',
      },
    ]);
  });

  it.each([
    { args: ['--dbc', '256=x'], message: '--dbc 256=x: buses go from 0 to 255' },
    { args: ['--dbc', '0=a,0=b'], message: '--dbc names two databases for bus 0; name one' },
    { args: ['--dbc', 'a', '--dbc', 'b'], message: '--dbc names two databases for all buses; name one' },
    {
      args: ['--dbc', ''],
      message: '--dbc is empty; give the path of a DBC file, or the name of a database',
    },
  ])('refuses $args', async ({ args, message }) => {
    const { exitCode, stdout, stderr } = await decodeLog(['drive', ...args]);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `error INVALID_PARAMETER: ${message}\n`,
    });
  });

  it('tells what is wrong with the log, and that nothing was decoded', async () => {
    const { exitCode, stdout, stderr } = await decodeLog(['drive'], { report: DAMAGED_REPORT }, []);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(/^No frame was decoded\.\nnot whole: /);
  });
});

interface TextConversation extends CtsOutcome {
  readonly asked: readonly DecodeTextParams[];
}

/** Answers a line for each frame, and finds every line unreadable that begins with "?". */
function answerText({ text, firstLine = 1, interfaces = [] }: DecodeTextParams): DecodeTextResult {
  const lines = text.split('\n').filter((line) => line !== '');
  const frames = lines.filter((line) => !line.startsWith('?'));
  return {
    lines: frames.map((line) => `<${line}>`),
    frames: frames.length * 2,
    decodedFrames: frames.length,
    interfaces: [...interfaces, `can${String(firstLine)}`],
    unreadable: lines.flatMap((line, i) =>
      line.startsWith('?') ? [{ line: firstLine + i, reason: `"${line}" is no frame` }] : [],
    ),
  };
}

async function decodeText(args: readonly string[], kind: CtsCircumstances): Promise<TextConversation> {
  const asked: DecodeTextParams[] = [];
  const outcome = await runFakeCts(['dbc', 'decode', ...args], {
    ...kind,
    engine: {
      'dbc/decodeText': (params) => {
        asked.push(params);
        return Promise.resolve(answerText(params));
      },
    },
  });
  return { ...outcome, asked };
}

describe('cts dbc decode of text', () => {
  it.each([{ args: ['-'] }, { args: [] }])('reads stdin: $args', async ({ args }) => {
    expect(await decodeText([...args, '--dbc', 'x'], { typed: 'a\nb\n' })).toEqual({
      exitCode: 0,
      stdout: '<a>\n<b>\n',
      stderr: '2 of 4 frames decoded, 50 %\n',
      asked: [
        {
          databases: [{ path: 'x' }],
          projectFolder: HERE,
          labels: true,
          form: 'text',
          text: 'a\nb\n',
          firstLine: 1,
          interfaces: [],
        },
      ],
    });
  });

  it('lets interfaces keep their buses from piece to piece', async () => {
    const typed = `${'x'.repeat(99)}\n`.repeat(25_000);
    const { asked } = await decodeText(['--dbc', 'x'], { typed });
    const firstLines = asked.map(({ firstLine }) => firstLine);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.at(-1)?.interfaces).toEqual(firstLines.slice(0, -1).map((line) => `can${String(line)}`));
  });

  it('reads a file that holds text', async () => {
    const path = join(folder.path, 'frames.log');
    writeFileSync(path, '(0.1) can0 13A#00\n');
    const { stdout } = await decodeText([path, '--dbc', 'x', '--format', 'json'], {});
    expect(stdout).toBe('<(0.1) can0 13A#00>\n');
  });

  it('takes a file with other bytes for a log', async () => {
    const path = join(folder.path, 'drive');
    writeFileSync(path, Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0));
    expect((await decodeLog([path])).asked).toMatchObject([{ path }]);
  });

  it('tells of lines that cannot be read, but not of each of very many', async () => {
    const typed = Array.from({ length: 30 }, (_, i) => `?${String(i)}\u001b`).join('\n');
    const { exitCode, stderr } = await decodeText(['--dbc', 'x'], { typed });
    const lines = stderr.split('\n');
    expect(exitCode).toBe(0);
    expect(lines[0]).toBe('warning: line 1: "?0\\x1b" is no frame');
    expect(lines).toHaveLength(23);
    expect(lines.slice(20)).toEqual([
      'warning: 30 lines in all could not be read',
      '0 of 0 frames decoded',
      '',
    ]);
  });

  it('hands on so many lines', async () => {
    const { stdout, stderr, asked } = await decodeText(['--dbc', 'x', '-n', '2'], { typed: 'a\nb\nc\n' });
    expect(stderr).toBe('Stopped at 2 frames, as asked for.\n');
    expect(stdout).toBe('<a>\n<b>\n');
    expect(asked).toHaveLength(1);
  });

  it.each([
    { args: ['-'], message: /^error INVALID_PARAMETER: Text names no car, .*--dbc FILE/s },
    { args: ['-', '--dbc', 'x', '--changes'], message: /--changes work on logs, not on text/ },
    { args: ['-', '--dbc', 'x', '--from', '1', '--to', '2'], message: /--from and --to work on logs/ },
  ])('refuses $args', async ({ args, message }) => {
    const { exitCode, stderr, asked } = await decodeText(args, { typed: 'a\n' });
    expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
    expect(stderr).toMatch(message);
  });

  it('does not wait for a person to type frames', async () => {
    const { exitCode, stderr } = await decodeText(['--dbc', 'x'], { isTTY: true });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Nothing to decode is named');
  });
});
