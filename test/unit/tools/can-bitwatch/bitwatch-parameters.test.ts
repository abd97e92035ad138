import { describe, expect, it } from 'vitest';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { canBitwatch } from '../../../../server/tools/can-bitwatch/can-bitwatch.ts';
import { selectBuses, takeFileName } from '../../../../server/tools/can-bitwatch/bitwatch-parameters.ts';
import { failureOf } from '../../../support/failure.ts';
import { runTool, textInput } from '../../../support/tool-run.ts';

describe('can-bitwatch refuses before it begins', () => {
  it.each([
    [{ window_start: 5, window_end: 5 }, "'window_end' must be later than window_start (5)"],
    [{ window_start: 5, window_end: 3 }, "'window_end' must be later than window_start (5)"],
    [
      { window_start: 5, window_end: 6, window_dur: 1 },
      "'window_dur' must not be given together with window_end",
    ],
    [{ window_dur: 1 }, "'window_dur' needs window_start beside it"],
    [
      { marker: 'blinkers', window_end: 1 },
      "'marker' must be none where window_end is given: each says where the window is",
    ],
    [{ buses: [256] }, "'buses' must hold numbers from 0 to 255"],
    [{ buses: ['x'] }, "'buses' must hold numbers from 0 to 255"],
    [{ output_prefix: 'a/' }, "'output_prefix' must end in a file name of at most 150 characters"],
    [{ output_prefix: '..' }, "'output_prefix' must end in a file name of at most 150 characters"],
    [{ watch: ['0x10'] }, `'watch' must name bits of messages. Cannot watch "0x10"`],
    [{ payload_bytes: 65 }, "'payload_bytes'"],
    [{ pulse_sec: 0 }, "'pulse_sec' must be more than 0"],
    [{ window_dur: -1, window_start: 0 }, "'window_dur'"],
  ])('%j', (parameters, words) => {
    const { code, message } = failureOf(() => readParameters(canBitwatch, parameters));
    expect(code).toBe('INVALID_PARAMETER');
    expect(message).toContain(words);
  });
});

it('has the parameters of comma-tools, with its defaults', () => {
  expect(canBitwatch.parameters.parse({})).toMatchObject({
    output_prefix: 'analysis',
    watch: ['0x027:B4b5', '0x027:B5b1', '0x67A:B3b7', '0x321:B5b1'],
    pulse_sec: 2,
    pulse_tol: 0.5,
    pulse_count: 3,
  });
  expect(canBitwatch.input).toEqual({ parameter: 'csv', kinds: ['csv', 'log'], isRequired: true });
});

it('reads buses as numbers or texts; none are all', () => {
  const defaults = canBitwatch.parameters.parse({});
  expect(selectBuses(defaults)).toBeUndefined();
  expect(selectBuses({ ...defaults, buses: [0, ' 128'] })).toEqual(new Set([0, 128]));
});

it('takes the last part of a path as a name', () => {
  expect(['out', 'a/b/out', 'C:\\a\\out', 'a/'].map(takeFileName)).toEqual(['out', 'out', 'out', '']);
});

it('refuses more different messages than any car has', async () => {
  const rows = Array.from({ length: 20_001 }, (_, address) => `pre,0,${String(address)}`);
  const input = textInput('drive.csv', ['segment,timestamp,address', ...rows].join('\n'), 1 << 16);
  await expect(runTool(canBitwatch, { input })).rejects.toMatchObject({
    code: 'INVALID_PARAMETER',
    message: 'The input has 20001 different messages; at most 20000 are compared',
  });
});
