import { expect, it } from 'vitest';
import { parseWatchlist } from '../../../../../server/core/can/bits/watch-list.ts';
import { failureOf } from '../../../../support/failure.ts';

const text = `\uFEFF# cruise
0x027:B4b5  # engaged
\t
0x13A:computed # wheel speed
0:0x146:43#set\r
   67A:B3.0
`;

it('lists bits with their lines and comments, and what it skips', () => {
  expect(parseWatchlist(text)).toEqual({
    entries: [
      { line: 2, watch: { arbitrationId: 0x27, bus: undefined, bit: 34 }, comment: 'engaged' },
      { line: 5, watch: { arbitrationId: 0x146, bus: 0, bit: 43 }, comment: 'set' },
      { line: 6, watch: { arbitrationId: 0x67a, bus: undefined, bit: 24 }, comment: '' },
    ],
    skipped: [
      {
        line: 4,
        text: '0x13A:computed',
        reason: 'it stands for a value computed from the message, which is no single bit',
      },
    ],
  });
});

it('finds nothing in an empty text', () => {
  expect(parseWatchlist('')).toEqual({ entries: [], skipped: [] });
});

it('names the line that it cannot read', () => {
  const failure = failureOf(() => parseWatchlist('# one\r\n0x27:B4b5\r\n0x27:B4b9 # nine\r\n'));
  expect(failure.message).toBe(
    'Line 3 of the watchlist: Cannot watch "0x27:B4b9": byte bits go from 0 to 7, not to 9',
  );
  expect(failure).toMatchObject({ code: 'INVALID_PARAMETER', details: { watch: '0x27:B4b9', line: 3 } });
  expect(failure.actions).toHaveLength(1);
});
