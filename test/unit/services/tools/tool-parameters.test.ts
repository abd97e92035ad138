import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ParameterValues } from '#protocol';
import { readParameters } from '../../../../server/services/tools/tool-parameters.ts';
import type { Analyzer } from '../../../../server/tools/tool.ts';
import { failureOf } from '../../../support/failure.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';

const tool = createSampleTool();
const STRICT_TOOL: Analyzer = {
  ...createSampleTool(),
  parameters: z.strictObject({
    names: z.array(z.string().min(1).max(5)).min(1).max(3).describe('Short names'),
    length: z.number().positive().optional().describe('A length'),
    word: z
      .string()
      .min(1)
      .regex(/^[a-z]+$/, 'letters are expected')
      .optional()
      .describe('A word'),
  }),
};
const DEFAULTS = { count_limit: 3, is_loud: false, mode: 'exact' };

describe('a value that is refused', () => {
  it('is told, with its name', () => {
    expect(failureOf(() => readParameters(tool, { ratio: 'soon' }))).toMatchObject({
      details: { parameter: 'ratio', value: 'soon' },
      actions: ['It was "soon"; correct it.'],
    });
  });

  it.each<{ given: ParameterValues; message: string; action: string }>([
    {
      given: { names: [] },
      message: 'must hold at least 1 value',
      action: 'It was an empty list; correct it.',
    },
    { given: {}, message: 'must be given', action: 'It was not given; give names.' },
    {
      given: { names: ['a', ''] },
      message: 'must not be empty (value 2 of the list)',
      action: 'It was ["a",""]; correct it.',
    },
    {
      given: { names: ['abcdefg'] },
      message: 'must have at most 5 characters (value 1 of the list)',
      action: 'It was ["abcdefg"]; correct it.',
    },
    {
      given: { names: [true] },
      message: 'must be text (value 1 of the list)',
      action: 'It was [true]; correct it.',
    },
    {
      given: { names: ['a', 'b', 'c', 'd'] },
      message: 'must hold at most 3 values',
      action: 'It was ["a","b","c","d"]; correct it.',
    },
    { given: { names: ['a'], length: 0 }, message: 'must be more than 0', action: 'It was 0; correct it.' },
    {
      given: { names: ['a'], word: '' },
      message: 'must not be empty',
      action: 'It was an empty text; correct it.',
    },
    {
      given: { names: ['a'], word: '-' },
      message: 'is not as expected: letters are expected',
      action: 'It was "-"; correct it.',
    },
  ])('$given is told in plain words', ({ given, message, action }) => {
    const parameter = 'length' in given ? 'length' : 'word' in given ? 'word' : 'names';
    expect(failureOf(() => readParameters(STRICT_TOOL, given))).toMatchObject({
      message: `Parameter '${parameter}' ${message}`,
      actions: [action],
    });
  });
});

describe('values for a tool', () => {
  it('may be numbers in a list of texts', () => {
    expect(readParameters(STRICT_TOOL, { names: [500, '1:2'] })).toEqual({ names: ['500', '1:2'] });
    expect(readParameters(STRICT_TOOL, { names: 7 })).toEqual({ names: ['7'] });
  });

  it.each<{ given: ParameterValues; read: ParameterValues }>([
    { given: {}, read: {} },
    { given: { ratio: '2.5', count_limit: '10' }, read: { ratio: 2.5, count_limit: 10 } },
    { given: { ratio: ' -1e3 ' }, read: { ratio: -1000 } },
    { given: { ratio: 0, is_loud: true }, read: { ratio: 0, is_loud: true } },
    { given: { 'is-loud': 'yes', 'count-limit': '4' }, read: { is_loud: true, count_limit: 4 } },
    { given: { text: '3' }, read: { text: '3' } },
    { given: { text: '' }, read: { text: '' } },
    { given: { mode: 'fast' }, read: { mode: 'fast' } },
    { given: { watch: '0x1:B0b0, 0x2:B1b1' }, read: { watch: ['0x1:B0b0', '0x2:B1b1'] } },
    { given: { watch: ['0x1:B0b0'] }, read: { watch: ['0x1:B0b0'] } },
    { given: { watch: 7 }, read: { watch: [7] } },
    { given: { watch: '' }, read: { watch: [] } },
    ...['true', 'TRUE', 'Yes', 'on', '1'].map((text) => ({
      given: { is_loud: text },
      read: { is_loud: true },
    })),
    ...['false', 'No', 'off', ' 0'].map((text) => ({ given: { is_loud: text }, read: { is_loud: false } })),
  ])('$given are read', ({ given, read }) => {
    expect(readParameters(tool, given)).toEqual({ ...DEFAULTS, ...read });
  });

  it.each<{ given: ParameterValues; message: string }>([
    { given: { ratio: 'fast' }, message: "Parameter 'ratio' must be a number" },
    { given: { ratio: '' }, message: "Parameter 'ratio' must be a number" },
    { given: { ratio: 'Infinity' }, message: "Parameter 'ratio' must be a number" },
    { given: { ratio: true }, message: "Parameter 'ratio' must be a number" },
    { given: { ratio: [1] }, message: "Parameter 'ratio' must be a number" },
    { given: { is_loud: 'maybe' }, message: "Parameter 'is_loud' must be true or false" },
    { given: { count_limit: '2.5' }, message: "Parameter 'count_limit' must be an integer" },
    { given: { count_limit: 'two' }, message: "Parameter 'count_limit' must be an integer" },
    { given: { count_limit: 11 }, message: "Parameter 'count_limit' must be at most 10" },
    { given: { count_limit: '0' }, message: "Parameter 'count_limit' must be at least 1" },
    { given: { text: 3 }, message: "Parameter 'text' must be text" },
    { given: { mode: 'slow' }, message: "Parameter 'mode' must be one of ['fast', 'exact']" },
  ])('$given are refused', ({ given, message }) => {
    expect(failureOf(() => readParameters(tool, given))).toMatchObject({
      code: 'INVALID_PARAMETER',
      message,
    });
  });

  it.each([
    { name: 'rato', offer: 'Did you mean ratio?' },
    { name: 'countlimit', offer: 'Did you mean count_limit?' },
    { name: 'xyzzy-plugh', offer: 'Known parameters: text, count_limit, ratio, is_loud, mode, watch.' },
    { name: '__proto__', offer: 'Known parameters: text, count_limit, ratio, is_loud, mode, watch.' },
  ])('of an unknown name $name are refused with the nearest ones', ({ name, offer }) => {
    const given = Object.fromEntries([[name, '1']]);
    expect(failureOf(() => readParameters(tool, given))).toMatchObject({
      code: 'UNKNOWN_PARAMETER',
      message: `sample-tool has no parameter "${name}". ${offer}`,
      details: { tool: 'sample-tool', parameter: name },
    });
  });
});
