import { expect, test } from 'vitest';
import { writeRunCommand } from '../../../../webviews/form/run-command.ts';

test('the command of a run quotes what a shell would take apart', () => {
  expect(
    writeRunCommand({
      toolId: 'can-bitwatch',
      path: "/drives/it's here/rlog.zst",
      parameters: { bus: 1, watch: ['0x1D2:3', 'A B'], all: true },
    }),
  ).toBe(
    String.raw`cts run can-bitwatch --path '/drives/it'\''s here/rlog.zst' -p bus=1 -p 'watch=0x1D2:3,A B' -p all=true --wait`,
  );
});

test('the command of a run without input or values is short', () => {
  expect(writeRunCommand({ toolId: 'rlog-to-csv', path: '', parameters: {} })).toBe(
    'cts run rlog-to-csv --wait',
  );
});
