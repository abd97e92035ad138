import { expect, it } from 'vitest';
import { toToolBody } from '../../../../../server/transports/http/bodies/tool-body.ts';
import { TEST_TOOL } from '../../../../support/http-service-answers.ts';

const PLAIN = { default: null, choices: null, required: false, nargs: null };

it('shows a tool as CTS-Lite did, its input among the parameters', () => {
  const body = toToolBody(TEST_TOOL);
  expect(body).toMatchObject({
    id: 'can-bitwatch',
    name: 'CAN Bitwatch Analyzer',
    category: 'analyzer',
    version: '1.0.0',
  });
  expect(body.parameters).toEqual({
    csv: {
      ...PLAIN,
      type: 'str',
      description: 'What is read: a path, or what stands in "input"',
      required: true,
      accepts: ['csv'],
    },
    output_prefix: { ...PLAIN, type: 'str', description: 'Prefix of files', default: 'analysis' },
    window_start: { ...PLAIN, type: 'float', description: 'Seconds', minimum: 0, maximum: 60 },
    count: { ...PLAIN, type: 'int', description: 'How many' },
    all: { ...PLAIN, type: 'bool', description: 'Everything', default: false, nargs: '0' },
    watch: { ...PLAIN, type: 'list', description: 'Bits', default: ['0x027:B4b5'], nargs: '*' },
    mode: { ...PLAIN, type: 'str', description: 'Which', choices: ['a', 'b'] },
    watchlist: { ...PLAIN, type: 'str', description: 'More bits', accepts: ['text'] },
  });
});

it('shows a monitor without an input', () => {
  expect(toToolBody({ ...TEST_TOOL, kind: 'monitor', parameters: [] }).parameters).toEqual({});
});
