import { describe, expect, it } from 'vitest';
import { readInitData } from '../../../../server/core/schema/init-data.ts';
import { openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { buildEvent, type Content, struct, structList, text } from '../../../support/message-builder.ts';
import { openMessage } from '../../../support/opened-message.ts';

/** InitData with the texts that are asked for; slots as in the schema. */
function initData(): Content {
  const pointers: Content[] = Array<Content>(15).fill(undefined);
  pointers[2] = text('0123456789abcdef');
  pointers[3] = text('0.10.0');
  pointers[8] = text('c0ffee');
  pointers[9] = text('release3');
  pointers[10] = text('https://github.com/commaai/openpilot.git');
  pointers[14] = struct(
    [],
    [structList([struct([], [text('a'), undefined]), struct([], [text('b'), undefined])])],
  );
  // deviceType 6 (tizi), dirty at bit 16; wallTimeNanos
  return struct([6n | (1n << 16n), 1_700_000_000_000_000_000n], pointers);
}

const FACTS = {
  dongleId: '0123456789abcdef',
  version: '0.10.0',
  gitCommit: 'c0ffee',
  gitBranch: 'release3',
  gitRemote: 'https://github.com/commaai/openpilot.git',
  isDirty: true,
  deviceType: 'tizi',
  wallTimeNanos: 1_700_000_000_000_000_000n,
  paramCount: 2,
};

describe('readInitData', () => {
  it.each(['newest', 'v0.8.16', 'frogpilot-2024-10'])('reads the facts under the schema %s', (id) => {
    const view = openMessage(buildEvent({ tag: 0, content: initData() }, 'far'));
    expect(readInitData(view, openSchema(id))).toEqual(FACTS);
  });

  it('has nothing to say where the log does not', () => {
    const schema = openSchema('newest');
    const empty = openMessage(buildEvent({ tag: 0, content: struct([99n]) }));
    expect(readInitData(empty, schema)).toEqual({
      dongleId: '',
      version: '',
      gitCommit: '',
      gitBranch: '',
      gitRemote: '',
      isDirty: false,
      deviceType: '99',
      wallTimeNanos: 0n,
      paramCount: 0,
    });
    expect(readInitData(openMessage(buildEvent({ tag: 0 })), schema)).toBeUndefined();
  });
});
