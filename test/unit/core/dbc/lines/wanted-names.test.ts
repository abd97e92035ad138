import { describe, expect, it } from 'vitest';
import { type NameWishes, WantedNames } from '../../../../../server/core/dbc/lines/wanted-names.ts';
import { failureOf } from '../../../../support/failure.ts';
import { makeMessage, makeSignal } from '../../../../support/dbc-signals.ts';
import { openMessages } from '../../../../support/fixed-databases.ts';

const bit = { startBit: 0, length: 1 };
const gear = makeMessage('GEAR', [makeSignal('POSITION', bit), makeSignal('SPORT', bit)], {
  arbitrationId: 0x25,
});
const wheels = makeMessage(
  'WHEELS_OF_THE_CAR',
  [makeSignal('LEFT', bit), makeSignal('RIGHT', bit), makeSignal('LEFT', bit)],
  { arbitrationId: 0x18daf110, shortName: 'WHEELS' },
);
const databases = [openMessages('toyota_x', [gear, wheels])];

function list(wishes: NameWishes): readonly (readonly number[])[] {
  const wanted = new WantedNames(wishes);
  wanted.check(databases);
  return [gear, wheels].map((message) => wanted.listSignals(message));
}

describe('wanted messages and signals', () => {
  it.each<[string, NameWishes, (readonly number[])[]]>([
    [
      'all, of two signals with one name the last',
      {},
      [
        [0, 1],
        [1, 2],
      ],
    ],
    ['a message by name', { messages: ['GEAR'] }, [[0, 1], []]],
    ['by short name', { messages: ['WHEELS'] }, [[], [1, 2]]],
    ['by id', { messages: ['0x25'] }, [[0, 1], []]],
    ['by id in decimal digits', { messages: ['37'] }, [[0, 1], []]],
    ['by pattern', { messages: ['WH*CAR'] }, [[], [1, 2]]],
    ['a signal', { signals: ['LEFT'] }, [[], [2]]],
    ['a signal of a message', { signals: ['GEAR.SPORT'] }, [[1], []]],
    ['signals by pattern', { signals: ['*T'] }, [[1], [1, 2]]],
    ['signals by pattern of both', { signals: ['*.*I*'] }, [[0], [1]]],
    ['a signal among messages', { messages: ['GEAR'], signals: ['*T'] }, [[1], []]],
    ['nothing', { messages: [], signals: [] }, [[], []]],
  ])('%s', (_, wishes, expected) => {
    expect(list(wishes)).toEqual(expected);
    expect([gear, wheels].map((message) => new WantedNames(wishes).wants(message))).toEqual(
      expected.map((indexes) => indexes.length > 0),
    );
  });

  it.each<[NameWishes, string, string[]]>([
    [{ messages: ['GEER'] }, 'There is no message "GEER" in toyota_x', ['Did you mean GEAR?']],
    [{ messages: ['0x26'] }, 'There is no message "0x26" in toyota_x', []],
    [{ messages: ['X*'] }, 'There is no message that is like "X*" in toyota_x', []],
    [{ signals: ['SPORTS'] }, 'There is no signal "SPORTS" in toyota_x', ['Did you mean SPORT?']],
    [
      { signals: ['GEAR.SPURT'] },
      'There is no signal "GEAR.SPURT" in toyota_x',
      ['Did you mean GEAR.SPORT?'],
    ],
    [
      { messages: ['GEAR'], signals: ['LEFT'] },
      'There is no signal "LEFT" in the messages of toyota_x that are asked for',
      [],
    ],
    [{ messages: ['__proto__'] }, 'There is no message "__proto__" in toyota_x', []],
  ])('%o are refused', (wishes, message, actions) => {
    const error = failureOf(() => {
      new WantedNames(wishes).check(databases);
    });
    expect(error).toMatchObject({ code: 'INVALID_PARAMETER', message, actions });
  });

  it('are not judged without a database', () => {
    expect(() => new WantedNames({ messages: ['X'] }).check([])).not.toThrow();
  });

  it('keep a message without signals, unless signals were named', () => {
    const empty = makeMessage('EMPTY', []);
    expect(new WantedNames({}).wants(empty)).toBe(true);
    expect(new WantedNames({ signals: ['*'] }).wants(empty)).toBe(false);
  });
});
