import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProcessLog, parseSystemLog } from '../../../../server/core/schema/log-text.ts';

describe('parseProcessLog', () => {
  const line = (record: object) =>
    JSON.stringify({ msg: 'hello', levelnum: 20, ctx: { daemon: 'plannerd' }, ...record });

  it.each([
    ['a line', line({}), { level: 'info', source: 'plannerd', text: 'hello' }],
    ['debugging', line({ levelnum: 10 }), { level: 'debug', source: 'plannerd', text: 'hello' }],
    ['a warning', line({ levelnum: 30 }), { level: 'warning', source: 'plannerd', text: 'hello' }],
    [
      'an error',
      line({ levelnum: 40, exc_info: 'Trace\nback' }),
      { level: 'error', source: 'plannerd', text: 'hello\nTrace\nback' },
    ],
    ['the worst', line({ levelnum: 50 }), { level: 'critical', source: 'plannerd', text: 'hello' }],
    [
      'an event',
      line({ msg: { event: 'x', n: 1 } }),
      { level: 'info', source: 'plannerd', text: '{"event":"x","n":1}' },
    ],
    ['no daemon', line({ ctx: {}, filename: 'a.py' }), { level: 'info', source: 'a.py', text: 'hello' }],
    ['nothing but the message', '{"msg":null}', { level: 'warning', source: '', text: 'null' }],
    ['no message', '{"level":"INFO"}', { level: 'warning', source: '', text: '{"level":"INFO"}' }],
    ['plain text', 'Segfault', { level: 'warning', source: '', text: 'Segfault' }],
    ['broken JSON', '{"msg":', { level: 'warning', source: '', text: '{"msg":' }],
    ['no text', '', { level: 'warning', source: '', text: '' }],
  ])('reads %s', (_, text, parsed) => {
    expect(parseProcessLog(text, 'warning')).toEqual(parsed);
  });

  it('bears any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        (text) => typeof parseProcessLog(text, 'info').text === 'string',
      ),
    );
  });
});

describe('parseSystemLog', () => {
  it.each([
    [
      'journald',
      { source: 'kernel', priority: 3, message: '{"MESSAGE":"oops"}' },
      { level: 'error', source: 'kernel', text: 'oops' },
    ],
    [
      'bytes of journald',
      { source: 'x', priority: 7, message: '{"MESSAGE":[1,2]}' },
      { level: 'debug', source: 'x', text: '[1,2]' },
    ],
    [
      'Android',
      { source: 'wifi', priority: 5, message: 'lost' },
      { level: 'warning', source: 'wifi', text: 'lost' },
    ],
    [
      'other JSON',
      { source: 'wifi', priority: 6, message: '{}' },
      { level: 'error', source: 'wifi', text: '{}' },
    ],
    [
      'an unknown priority',
      { source: '', priority: 99, message: '' },
      { level: 'info', source: '', text: '' },
    ],
    [
      'an unknown priority of journald',
      { source: '', priority: 99, message: '{"MESSAGE":""}' },
      { level: 'info', source: '', text: '' },
    ],
  ])('reads %s', (_, entry, parsed) => {
    expect(parseSystemLog(entry)).toEqual(parsed);
  });
});
