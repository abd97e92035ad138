import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { ToolManifest } from '#protocol';
import { quoteWord, writeRunCommand } from '../../../server/protocol/command-text.ts';
import { makeRun } from '../../support/sample-run.ts';

const TOOL: ToolManifest = {
  ...{ id: 'rlog-to-csv', version: '1', title: 'x', summary: 'x', description: 'x', kind: 'analyzer' },
  input: { parameter: 'path', kinds: ['log'], isRequired: true },
  outputTypes: [],
  parameters: [
    { name: 'window_start', type: 'number', description: 'x', default: 0 },
    { name: 'buses', type: 'list', description: 'x' },
  ],
  parametersSchema: {},
};

describe('writeRunCommand', () => {
  it('names what differs from what the tool takes by itself', () => {
    const run = makeRun({ parameters: { window_start: 0, buses: ['0', '1'], note: "it's" } });
    expect(writeRunCommand(run, TOOL, 'posix')).toBe(
      String.raw`cts run rlog-to-csv --path /logs/drive.rlog.zst -p buses=0,1 -p 'note=it'\''s' --wait`,
    );
  });

  it.each([
    [{ type: 'artifact', artifactId: 'a1' } as const, 'cts run rlog-to-csv --artifact a1 --wait'],
    [{ type: 'upload', uploadId: 'u1' } as const, 'cts run rlog-to-csv -p path=upload:u1 --wait'],
    [null, 'cts run rlog-to-csv --wait'],
  ])('names what is read: %j', (input, command) => {
    expect(writeRunCommand(makeRun({ input }), undefined, 'posix')).toBe(command);
  });
});

describe('quoteWord', () => {
  it.each(['plain', "it's", '$(touch x)', '`id`', 'a b', '"', '\\', '*', ';rm', '~', '#x', '!x', ''])(
    'is one word for a shell: %s',
    (word) => {
      const said = execFileSync('/bin/sh', ['-c', `printf %s ${quoteWord(word, 'posix')}`], {
        encoding: 'utf8',
      });
      expect(said).toBe(word);
    },
  );

  it('has no line break that would send it off', () => {
    expect(quoteWord('a\nrm -rf', 'posix')).toBe("'a rm -rf'");
    expect(quoteWord("it's $x", 'powershell')).toBe("'it''s $x'");
  });
});
