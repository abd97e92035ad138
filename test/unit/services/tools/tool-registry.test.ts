import { describe, expect, it } from 'vitest';
import { ToolRegistry } from '../../../../server/services/tools/tool-registry.ts';
import { rlogToCsv } from '../../../../server/tools/rlog-to-csv/rlog-to-csv.ts';
import { failureOf } from '../../../support/failure.ts';
import { createSampleTool } from '../../../support/sample-tool.ts';

const tool = createSampleTool();
const registry = new ToolRegistry([tool, rlogToCsv]);

describe('tools', () => {
  it('are found by id', () => {
    expect(registry.get('sample-tool')).toBe(tool);
  });

  it('are listed by id, with all that is known of their parameters', () => {
    const [csv, sample] = registry.list();
    expect(csv?.id).toBe('rlog-to-csv');
    const { parametersSchema, ...manifest } = sample ?? {};
    expect(manifest).toEqual({
      id: 'sample-tool',
      version: '2.1.0',
      title: 'Sample Tool',
      summary: 'Does it',
      description: 'Does it well.',
      kind: 'analyzer',
      input: { parameter: 'file', kinds: ['log'], isRequired: false },
      outputTypes: ['text/plain'],
      parameters: [
        { name: 'text', type: 'string', description: 'Any text' },
        {
          name: 'count_limit',
          type: 'integer',
          description: 'A whole number',
          default: 3,
          minimum: 1,
          maximum: 10,
        },
        { name: 'ratio', type: 'number', description: 'Any number' },
        { name: 'is_loud', type: 'boolean', description: 'Yes or no', default: false },
        {
          name: 'mode',
          type: 'string',
          description: 'One of two',
          default: 'exact',
          choices: ['fast', 'exact'],
        },
        { name: 'watch', type: 'list', description: 'Several values' },
      ],
    });
    expect(parametersSchema).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('have a description for each parameter', () => {
    const all = registry.list().flatMap(({ parameters }) => parameters);
    expect(all.filter(({ description }) => description === '')).toEqual([]);
  });

  it.each([
    { id: 'rlog-to-cvs', message: 'No tool "rlog-to-cvs". Did you mean rlog-to-csv?' },
    { id: 'zzz', message: 'No tool "zzz". Known tools: sample-tool, rlog-to-csv.' },
  ])('$id is none', ({ id, message }) => {
    expect(failureOf(() => registry.get(id))).toMatchObject({ code: 'TOOL_NOT_FOUND', message });
  });
});
