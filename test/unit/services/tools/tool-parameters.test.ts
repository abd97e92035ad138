import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '#protocol';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import { failureOf } from '../../../support/failure.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';

const tool = createSampleTool();
const DEFAULTS = { count_limit: 3, is_loud: false, mode: 'exact' };

describe('values for a tool', () => {
  it.each<{ given: ParameterValues; read: ParameterValues }>([
    { given: {}, read: {} },
    { given: { ratio: '2.5', count_limit: '10' }, read: { ratio: 2.5, count_limit: 10 } },
    { given: { ratio: ' -1e3 ' }, read: { ratio: -1000 } },
    { given: { ratio: 0, is_loud: true }, read: { ratio: 0, is_loud: true } },
    { given: { 'is-loud': 'yes', 'count-limit': '4' }, read: { is_loud: true, count_limit: 4 } },
    { given: { text: '3' }, read: { text: '3' } },
    { given: { text: '' }, read: { text: '' } },
    { given: { mode: 'fast' }, read: { mode: 'fast' } },
    ...['true', 'TRUE', 'Yes', 'on', '1'].map((text) => ({
      given: { is_loud: text },
      read: { is_loud: true },
    })),
    ...['false', 'No', 'off', ' 0'].map((text) => ({ given: { is_loud: text }, read: { is_loud: false } })),
  ])('$given are read', ({ given, read }) => {
    expect(readParameters(tool, given)).toEqual({ ...DEFAULTS, ...read });
  });

  it.each<{ given: ParameterValues; message: string }>([
    { given: { ratio: 'fast' }, message: 'Parameter ratio=fast: expected a number' },
    { given: { ratio: '' }, message: 'Parameter ratio=: expected a number' },
    { given: { ratio: 'Infinity' }, message: 'Parameter ratio=Infinity: expected a number' },
    {
      given: { ratio: true },
      message: 'Parameter ratio=true: Invalid input: expected number, received boolean',
    },
    { given: { is_loud: 'maybe' }, message: 'Parameter is_loud=maybe: expected true or false' },
    {
      given: { count_limit: '2.5' },
      message: 'Parameter count_limit=2.5: Invalid input: expected int, received number',
    },
    { given: { count_limit: 11 }, message: 'Parameter count_limit=11: Too big: expected number to be <=10' },
    {
      given: { mode: 'slow' },
      message: 'Parameter mode=slow: Invalid option: expected one of "fast"|"exact"',
    },
  ])('$given are refused', ({ given, message }) => {
    expect(failureOf(() => readParameters(tool, given))).toMatchObject({
      code: 'INVALID_PARAMETER',
      message,
    });
  });

  it.each([
    { name: 'rato', offer: 'Did you mean ratio?' },
    { name: 'countlimit', offer: 'Did you mean count_limit?' },
    { name: 'xyzzy-plugh', offer: 'Known parameters: text, count_limit, ratio, is_loud, mode.' },
    { name: '__proto__', offer: 'Known parameters: text, count_limit, ratio, is_loud, mode.' },
  ])('of an unknown name $name are refused with the nearest ones', ({ name, offer }) => {
    const given = Object.fromEntries([[name, '1']]);
    expect(failureOf(() => readParameters(tool, given))).toMatchObject({
      code: 'UNKNOWN_PARAMETER',
      message: `sample-tool has no parameter "${name}". ${offer}`,
      details: { tool: 'sample-tool', parameter: name },
    });
  });
});
