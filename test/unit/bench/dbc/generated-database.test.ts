import { expect, it } from 'vitest';
import { openDatabase } from '../../../../bench/dbc/dbc-sources.ts';
import { generateDatabaseText } from '../../../../bench/dbc/generated-database.ts';
import { KnownMessages } from '../../../../bench/dbc/known-messages.ts';
import { FrameTable } from '../../../../server/core/can/frame-table.ts';

it('is as long as the longest of opendbc, the same in every run, and all of it is read', () => {
  const text = generateDatabaseText();
  expect(text.split('\n').length).toBeGreaterThanOrEqual(13_000);
  expect(generateDatabaseText()).toBe(text);
  const { messages } = openDatabase(undefined);
  expect(messages).toHaveLength(text.match(/^BO_ /gm)?.length ?? 0);
  const signals = messages.flatMap((message) => message.signals);
  expect(signals).toHaveLength(text.match(/^ SG_ /gm)?.length ?? 0);
  expect(signals.every(({ isDecodable }) => isDecodable)).toBe(true);
  expect(signals.some(({ multiplexing }) => multiplexing.parent !== undefined)).toBe(true);
});

it('is found again in frames, by bus and arbitration id', () => {
  const database = openDatabase(undefined);
  const table = new FrameTable(4);
  for (const arbitrationId of [64, 65, 64, 0x7ff])
    table.push({ seconds: 0, bus: 0, arbitrationId }, new Uint8Array(8), [0, 8]);
  const known = new KnownMessages(database).list(table);
  expect(known.map(({ plan, rows }) => [plan.message.arbitrationId, [...rows]])).toEqual([
    [64, [0, 2]],
    [65, [1]],
  ]);
});
