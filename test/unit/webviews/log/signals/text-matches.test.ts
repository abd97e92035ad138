import { describe, expect, it } from 'vitest';
import { cutMatches } from '../../../../../webviews/log/signals/text-matches.ts';

const write = (text: string, search: string): string =>
  cutMatches(text, search)
    .map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece))
    .join('');

describe('cutMatches', () => {
  it.each([
    ['STEER_TORQUE', 'torq', 'STEER_[TORQ]UE'],
    ['carState.vEgo', 'vego car', '[car]State.[vEgo]'],
    ['carState', '', 'carState'],
    ['carState', 'nothing', 'carState'],
    ['aaa', 'aa a', '[aa]a'],
    ['\u0130stanbul', 'stan', '\u0130stanbul'],
  ])('%s by %s', (text, search, marked) => {
    expect(write(text, search)).toBe(marked);
  });
});
