import { describe, expect, it } from 'vitest';
import { StructReader } from '../../../../server/core/schema/struct-reader.ts';
import { buildEvent, numberList, struct, text } from '../../../support/message-builder.ts';
import { openMessage } from '../../../support/opened-message.ts';
import { openTinySchema } from '../../../support/tiny-schema.ts';

describe('StructReader', () => {
  it('reads nothing before it is turned to a struct', () => {
    const reader = new StructReader(openTinySchema(), 'Sample');
    expect([
      reader.text('name'),
      reader.number('count'),
      reader.bigint('ticks'),
      reader.mapSize('inner'),
    ]).toEqual(['', 0, 0n, 0]);
  });

  it('forgets the last struct when the next event has none', () => {
    const reader = new StructReader(openTinySchema(), 'Sample');
    const full = openMessage(buildEvent({ tag: 0, content: struct([0n, 7n], [text('first')]) }));
    expect([reader.openContent(full), reader.text('name'), reader.number('amount')]).toEqual([
      true,
      'first',
      7,
    ]);
    const none = openMessage(buildEvent({ tag: 0 }));
    expect([reader.openContent(none), reader.text('name'), reader.number('amount')]).toEqual([false, '', 0]);
  });

  it('takes no other list for a text', () => {
    const reader = new StructReader(openTinySchema(), 'Sample');
    reader.openContent(
      openMessage(buildEvent({ tag: 0, content: struct([], [numberList(Float32Array.of(1))]) })),
    );
    expect(reader.text('name')).toBe('');
  });

  it('gives the value of an empty struct for a field that the schema does not have', () => {
    const reader = new StructReader(openTinySchema(), 'Sample');
    reader.openContent(openMessage(buildEvent({ tag: 0, content: struct([7n], [text('x')]) })));
    expect(reader.number('absent')).toBe(0);
    expect(reader.bigint('absent')).toBe(0n);
    expect(reader.text('absent')).toBe('');
    expect(reader.enumName('absent')).toBe('0');
    expect(reader.mapSize('absent')).toBe(0);
  });
});
