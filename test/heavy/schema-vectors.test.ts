import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLogFile } from '../../server/adapters/files/log-file.ts';
import { streamEventBatches } from '../../server/core/rlog/event-batches.ts';
import { MessageView } from '../../server/core/rlog/message-view.ts';
import { viewAsWindow } from '../../server/core/rlog/log-window.ts';
import { type EventObjectOptions, readEventObject } from '../../server/core/schema/event-object.ts';
import { appendFieldValues, FieldColumn } from '../../server/core/schema/field-column.ts';
import { compileFieldPath } from '../../server/core/schema/field-path.ts';
import { readInitData } from '../../server/core/schema/init-data.ts';
import { stringifyLogValue } from '../../server/core/schema/json-text.ts';
import type { LogSchema } from '../../server/core/schema/log-schema.ts';
import { openSchema } from '../../server/core/schema/schema-choice.ts';
import { sharedDir } from '../support/shared.ts';

interface Truth {
  readonly byService: Readonly<Record<string, number>>;
  readonly firstEventOfService?: Readonly<
    Record<string, { readonly index: number; readonly event: unknown }>
  >;
}

/** What is asked of each event of a log: its row counted from the log's start, and a view opened on it. */
type EventVisitor = (view: MessageView, row: number) => void;

describe.skipIf(sharedDir === undefined)('decoding agrees with libcapnp', () => {
  const data = join(sharedDir ?? '', 'data');
  const truths = readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.truth.json'))
    .map((file): [string, Truth] => [
      file.slice(0, -'.truth.json'.length),
      JSON.parse(readFileSync(join(data, file), 'utf8')) as Truth,
    ])
    .filter(([, truth]) => truth.firstEventOfService !== undefined);

  it('has truth files to agree with', () => {
    expect(truths.length).toBeGreaterThanOrEqual(4);
  });

  // The truth was written with the schema of openpilot 0.10.0, whatever wrote the log.
  it.each(truths)('on the first event of each service in %s', async (file, truth) => {
    const schema = openSchema('v0.10.0');
    const expected = Object.entries(truth.firstEventOfService ?? {});
    const nameByRow = new Map(expected.map(([name, { index }]) => [index, name]));
    const found: Record<string, unknown> = {};
    const damagedRows: number[] = [];
    const counts: Record<string, number> = {};
    await visitEvents(join(data, file), (view, row) => {
      const { event, badPointers, truncated } = readEventObject(view, schema);
      if (badPointers > 0 || truncated) damagedRows.push(row);
      const service = Object.keys(event).at(-1) ?? '';
      counts[service] = (counts[service] ?? 0) + 1;
      const name = nameByRow.get(row);
      if (name !== undefined) found[name] = decodeJson(stringifyLogValue(event));
    });
    expect(damagedRows).toEqual([]);
    expect(counts).toEqual(truth.byService);
    expect(found).toEqual(Object.fromEntries(expected.map(([name, { event }]) => [name, event])));
  });

  it.each(['real-rav4-minute.rlog.zst', 'huge-init-data.rlog.zst'])(
    'on the version that wrote %s',
    async (file) => {
      const schema = openSchema('newest');
      const versions: (string | undefined)[] = [];
      await visitEvents(join(data, file), (view, row) => {
        if (row === 0) versions.push(readInitData(view, schema)?.version);
      });
      expect(versions).toEqual(['0.10.0']);
    },
  );

  it('on a column of the real minute', async () => {
    const { firstEventOfService } = JSON.parse(
      readFileSync(join(data, 'real-rav4-minute.rlog.zst.truth.json'), 'utf8'),
    ) as Truth;
    const column = await readColumn(join(data, 'real-rav4-minute.rlog.zst'), 'carState.vEgo');
    expect(column.length).toBe(5999);
    expect(firstEventOfService?.['carState']?.event).toMatchObject({ carState: { vEgo: column.value[0] } });
  });
});

describe.skipIf(sharedDir === undefined)('decoding agrees with the schema vectors', () => {
  const vectors = join(sharedDir ?? '', 'vectors/schema/log');
  const schema = openSchema('newest');

  it.each(['newest', 'newest-multisegment', 'v0.5.1', 'v0.8.16'])('on the events of %s', async (name) => {
    const expected = readFileSync(join(vectors, `${name}.jsonl`), 'utf8')
      .trim()
      .split('\n');
    const found: unknown[] = [];
    await visitEvents(join(vectors, `${name}.bin`), (view) =>
      found.push(decodeAs(view, schema, { unset: 'null' })),
    );
    expect(found).toEqual(expected.map((line) => JSON.parse(line, takeHex) as unknown));
  });
});

describe.skipIf(sharedDir === undefined)('decoding survives hostile events', () => {
  const adversaries = join(sharedDir ?? '', 'data/adv');
  const files =
    sharedDir === undefined ? [] : readdirSync(adversaries).filter((file) => !file.endsWith('.json'));
  // Files without a single event are no logs; another suite sees to these.
  const logs = files.filter((file) => !/all-ff|json|one-byte|plain-text/.test(file));

  it.each(logs)('of %s', async (file) => {
    const schema = openSchema('newest');
    let textBytes = 0;
    await visitEvents(join(adversaries, file), (view) => {
      textBytes += stringifyLogValue(readEventObject(view, schema).event).length;
    });
    expect(textBytes).toBeLessThan(4_500_000);
  });
});

async function visitEvents(path: string, visit: EventVisitor): Promise<void> {
  const stream = await openLogFile(path);
  const view = new MessageView(viewAsWindow(new Uint8Array(8)));
  let row = 0;
  for await (const batch of streamEventBatches(stream)) {
    for (let i = 0; i < batch.length; i++) {
      view.open(batch.window, batch.start[i] ?? 0);
      visit(view, row++);
    }
  }
  await stream.close();
}

async function readColumn(path: string, field: string): Promise<FieldColumn> {
  const column = new FieldColumn();
  const compiled = compileFieldPath(openSchema('v0.10.0'), field);
  const stream = await openLogFile(path);
  for await (const batch of streamEventBatches(stream)) appendFieldValues(batch, compiled, column);
  await stream.close();
  return column;
}

function decodeAs(view: MessageView, schema: LogSchema, options: EventObjectOptions): unknown {
  const { event, badPointers } = readEventObject(view, schema, options);
  expect(badPointers).toBe(0);
  return JSON.parse(stringifyLogValue(event));
}

/** The truth files write a negative zero as a number, which JSON does have but JavaScript does not write. */
function decodeJson(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => (value === '-0' ? -0 : value));
}

/** The vectors have Data as `{"hex": …}`. */
function takeHex(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('hex' in value)) return value;
  return Object.keys(value).length === 1 ? value.hex : value;
}
