import { describe, expect, it } from 'vitest';
import { MessageView } from '../../../../server/core/rlog/message-view.ts';
import { viewAsWindow } from '../../../../server/core/rlog/log-window.ts';
import { EventWalk } from '../../../../server/core/schema/event-walk.ts';
import { NEWEST_SCHEMA, openSchema } from '../../../../server/core/schema/schema-choice.ts';
import { expandPath, ListLengths } from '../../../../server/core/series/list-lengths.ts';
import { makeEvent } from '../../../support/log-builder.ts';

describe('ListLengths', () => {
  it('gathers the longest of each list, also of those inside others', () => {
    const schema = openSchema(NEWEST_SCHEMA);
    const found = new ListLengths('modelV2');
    const walk = new EventWalk(schema);
    for (const laneLines of [[{ x: [1, 2] }], [{ x: [1] }, { x: [1, 2, 3] }]]) {
      const window = viewAsWindow(makeEvent({ logMonoTime: 1n, service: 'modelV2', value: { laneLines } }));
      const view = new MessageView(window);
      view.open(window, 0);
      walk.walk(view, schema.findService('modelV2').tag, found);
    }
    expect(found.lengths.get('modelV2.laneLines')).toBe(2);
    expect(found.lengths.get('modelV2.laneLines[0].x')).toBe(3);
    expect(found.lengths.has('modelV2.laneLines[0].y')).toBe(false);
  });
});

describe('expandPath', () => {
  const lengths = new Map([
    ['a.b', 2],
    ['a.b[0].c', 3],
    ['list', 10_000],
  ]);

  it.each([
    ['a.d', ['a.d']],
    ['a.b[0].d', ['a.b[0].d', 'a.b[1].d']],
    [
      'a.b[0].c[0]',
      ['a.b[0].c[0]', 'a.b[0].c[1]', 'a.b[0].c[2]', 'a.b[1].c[0]', 'a.b[1].c[1]', 'a.b[1].c[2]'],
    ],
    ['a.missing[0]', []],
    ['a.x0.y', ['a.x0.y']],
  ])('%s', (path, expanded) => {
    expect(expandPath(path, lengths)).toEqual(expanded);
  });

  it('offers no more than is of use', () => {
    expect(expandPath('list[0]', lengths).length).toBe(64);
  });
});
