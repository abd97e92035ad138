import { describe, expect, it } from 'vitest';
import { scanEventBatches } from '../../../../server/core/rlog/event-batches.ts';
import { openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { listTextLog, type TextLogEntry } from '../../../../server/core/schema/text-log.ts';
import { buildEvent, joinBytes, struct, text } from '../../../support/message-builder.ts';

describe('listTextLog', () => {
  it('lists the lines of programs and of the operating system, in file order', () => {
    const log = joinBytes(
      buildEvent({
        monoTime: 9n,
        tag: 17,
        content: text('{"msg":"started","levelnum":20,"ctx":{"daemon":"ui"}}'),
      }),
      buildEvent({ monoTime: 1n, tag: 21, content: struct([]) }),
      // id, priority 4 at byte 1; time; pid
      buildEvent({
        monoTime: 3n,
        tag: 19,
        content: struct([4n << 8n, 0n, 0n], [text('kernel'), text('{"MESSAGE":"hot"}')]),
      }),
      buildEvent({ monoTime: 4n, tag: 83, content: text('plain') }, 'far'),
      buildEvent({ monoTime: 5n, tag: 17 }),
      buildEvent({ monoTime: 6n, tag: 19 }),
      buildEvent({ monoTime: 7n, tag: 17, content: struct([]) }),
    );
    const schema = openSchema('newest');
    const entries: TextLogEntry[] = [];
    for (const batch of scanEventBatches(log)) entries.push(...listTextLog(batch, schema));
    expect(entries).toEqual([
      { monoTime: 9n, tag: 17, level: 'info', source: 'ui', text: 'started' },
      { monoTime: 3n, tag: 19, level: 'warning', source: 'kernel', text: 'hot' },
      { monoTime: 4n, tag: 83, level: 'error', source: '', text: 'plain' },
    ]);
  });
});
