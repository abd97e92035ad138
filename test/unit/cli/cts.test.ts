import { describe, expect, it } from 'vitest';
import { CtsError, ERROR_TRAITS, type ErrorCode } from '#protocol';
import { runFakeCts } from '../../support/fake-engine.ts';
import { expectGolden } from '../../support/golden.ts';
import { SILENT_INFO } from '../../support/sample-answers.ts';

const HINT = 'Add --help to see how it is used.\n';

describe('cts', () => {
  it.each(['--version', '-V'])('%s tells the version', async (option) => {
    expect(await runFakeCts([option])).toEqual({ exitCode: 0, stdout: '9.9.9\n', stderr: '' });
  });

  it.each([
    { args: ['--help'], golden: 'help' },
    { args: ['help'], golden: 'help' },
    { args: ['info', '--help'], golden: 'help-info' },
    { args: ['events', '-h'], golden: 'help-events' },
    { args: ['help', 'run'], golden: 'help-run' },
    ...[
      ...[
        'batch',
        'rerun',
        'logs',
        'upload',
        'download',
        'ping',
        'status',
        'cap',
        'tools',
        'describe',
        'serve',
      ],
      ...['doctor', 'completion', 'runs list', 'runs get', 'runs cancel', 'runs clean', 'runs manifest'],
      ...[
        'art list',
        'art get',
        'mon start',
        'mon stream',
        'mon stop',
        'mon ls',
        'config list',
        'config get',
      ],
      ...[
        'config set',
        'config path',
        'config save-profile',
        'open',
        'mcp',
        'config list-profiles',
        'config delete-profile',
        'dbc lint',
        'dbc decode',
        'dbc info',
        'dbc list',
        'dbc match',
      ],
    ].map((command) => ({
      args: [...command.split(' '), '--help'],
      golden: `help-${command.replace(' ', '-')}`,
    })),
  ])('$args shows help, with an example', async ({ args, golden }) => {
    const { exitCode, stdout, stderr } = await runFakeCts(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/\nExamples?:\n {2}cts /);
    expectGolden(`cli/${golden}.txt`, stdout);
  });

  it('shows help on stderr when nothing is asked', async () => {
    const { exitCode, stdout, stderr } = await runFakeCts([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expectGolden('cli/help.txt', stderr);
  });
});

describe('cts dbc', () => {
  it('shows help when nothing is asked of it', async () => {
    const { exitCode, stdout, stderr } = await runFakeCts(['dbc']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expectGolden('cli/help-dbc.txt', stderr);
    expect((await runFakeCts(['dbc', '--help'])).stdout).toBe(stderr);
  });
});

describe('wrong usage', () => {
  it.each([
    { args: ['frobnicate'], message: "unknown command 'frobnicate'" },
    { args: ['inf', 'x'], message: "unknown command 'inf'\n(Did you mean info?)" },
    { args: ['info'], message: "missing required argument 'log'" },
    { args: ['info', 'x', 'y'], message: /^too many arguments/ },
    { args: ['info', 'x', '--shema', 'y'], message: "unknown option '--shema'\n(Did you mean --schema?)" },
    { args: ['info', 'x', '--max-bytes', 'lots'], message: /expected a size such as 500M or 2G$/ },
    { args: ['info', 'x', '--max-bytes', '0'], message: /expected a size such as 500M or 2G$/ },
    { args: ['events', 'x', '--from', 'noon'], message: /'noon' is invalid. expected a number of seconds$/ },
    { args: ['events', 'x', '--to', ''], message: /expected a number of seconds$/ },
    { args: ['events', 'x', '--limit', '0'], message: /expected a whole number above 0$/ },
    { args: ['events', 'x', '-n', '1.5'], message: /expected a whole number above 0$/ },
    { args: ['run', '--path', 'x'], message: "missing required argument 'tool'" },
    { args: ['run', 'rlog-to-csv', '--wait-timeout', '0'], message: /expected a number of seconds above 0$/ },
    { args: ['runs', 'list', '--status', 'lost'], message: /Allowed choices are queued, running/ },
    { args: ['runs', 'list', '--since', 'noon'], message: /expected a date such as/ },
    { args: ['runs', 'clean', '--older-than', '30'], message: /expected an age such as 12h, 30d or 2w$/ },
    { args: ['runs', 'clean', '--keep-bytes', '-1'], message: /expected a size such as 0, 500M or 2G$/ },
    { args: ['dbc', 'lint'], message: "missing required argument 'files'" },
    {
      args: ['dbc', 'lint', 'x', '--profile', 'kvaser'],
      message: /Allowed choices are opendbc, candb\+\+, cantools/,
    },
    { args: ['dbc', 'lint', 'x', '--format', 'xml'], message: /Allowed choices are text, json, sarif/ },
    { args: ['dbc', 'lint', 'x', '--max-warnings', '-1'], message: /expected 0 or a whole number above$/ },
    { args: ['dbc', 'decode', 'x', '--format', 'sarif'], message: /Allowed choices are text, json/ },
    { args: ['dbc', 'lnt', 'x'], message: "unknown command 'lnt'\n(Did you mean lint?)" },
    { args: ['runs', 'lst'], message: "unknown command 'lst'\n(Did you mean list?)" },
    { args: ['completion', 'tcsh'], message: /Allowed choices are bash, zsh, fish/ },
    { args: ['--timeout', '-1', 'ping'], message: /expected a number of seconds above 0$/ },
    { args: ['run', 'rlog-to-csv', '--path'], message: "option '--path <log>' argument missing" },
  ])('$args is told on stderr, with exit code 2', async ({ args, message }) => {
    const { exitCode, stdout, stderr } = await runFakeCts(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr.endsWith(`\n${HINT}`)).toBe(true);
    const told = stderr.slice('error: '.length, -HINT.length - 1);
    if (typeof message === 'string') expect(told).toBe(message);
    else expect(told).toMatch(message);
  });

  it('is told to programs as JSON', async () => {
    const { exitCode, stderr } = await runFakeCts(['--json', 'inf', 'x']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'INVALID_PARAMETER',
        category: 'validation_error',
        message: "unknown command 'inf' (Did you mean info?)",
        details: {},
        actions: [],
      },
    });
  });

  it('is told where an assignment is none, before anything is run', async () => {
    const outcome = await runFakeCts(['run', 'rlog-to-csv', '--path', 'x', '-p', 'window_start']);
    expect(outcome).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error INVALID_PARAMETER: -p window_start: expected name=value, e.g. -p window_start=3.5\n',
    });
  });
});

/** Runs `cts info` with an engine that fails. */
async function failWith(error: Error, ...options: string[]): ReturnType<typeof runFakeCts> {
  return runFakeCts([...options, 'info', 'x'], {
    engine: { 'logs/info': () => Promise.reject(error) },
  });
}

describe('a failure', () => {
  it.each(Object.keys(ERROR_TRAITS) as ErrorCode[])('%s has its exit code and one line', async (code) => {
    const { exitCode, stdout, stderr } = await failWith(new CtsError(code, 'What, and what to do.'));
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: ERROR_TRAITS[code].exitCode,
      stdout: '',
      stderr: `error ${code}: What, and what to do.\n`,
    });
  });

  it('is told under --quiet too', async () => {
    expect((await failWith(new CtsError('NOT_A_LOG', 'No.'), '--quiet')).stderr).toBe(
      'error NOT_A_LOG: No.\n',
    );
  });

  it('is told to programs as JSON', async () => {
    const error = new CtsError('TOOL_FAILED', 'It broke.', {
      details: { tool: 'x' },
      actions: ['Report it.'],
      cause: new Error('why'),
    });
    const { exitCode, stdout, stderr } = await failWith(error, '--json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'TOOL_FAILED',
        category: 'tool_error',
        message: 'It broke.',
        details: { tool: 'x' },
        actions: ['Report it.'],
      },
    });
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('is followed by what to do', async () => {
    const error = new CtsError('QUEUE_FULL', 'No room.', { actions: ['Wait.', 'Or cancel a run.'] });
    expect((await failWith(error)).stderr).toBe('error QUEUE_FULL: No room.\n  Wait.\n  Or cancel a run.\n');
  });

  it('cannot write on the terminal what it likes', async () => {
    const error = new CtsError('NOT_A_LOG', 'x\u001b[31m\u0007\r\u009b is none.');
    expect((await failWith(error)).stderr).toBe('error NOT_A_LOG: x\\x1b[31m\\x07\\r\\x9b is none.\n');
  });

  it('of our own making asks for a report', async () => {
    const { exitCode, stderr } = await failWith(new TypeError('x is undefined'));
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^internal error: this is a bug of cts, please report it\nTypeError: x is undefined\n {4}at /,
    );
  });
});

describe('Ctrl-C', () => {
  it.each([
    { options: [], stderr: 'Interrupted.\n' },
    { options: ['--quiet'], stderr: '' },
  ])('ends the command with 130, $options', async ({ options, stderr }) => {
    const interrupt = new AbortController();
    const outcome = await runFakeCts([...options, 'info', 'x'], {
      signal: interrupt.signal,
      engine: {
        'logs/info': (_, { signal }) => {
          interrupt.abort();
          signal.throwIfAborted();
          return Promise.resolve(SILENT_INFO);
        },
      },
    });
    expect(outcome).toEqual({ exitCode: 130, stdout: '', stderr });
  });
});
