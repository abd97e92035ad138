import { describe, expect, it } from 'vitest';
import { PathTurns } from '../../../../server/adapters/comma/path-turns.ts';
import { settle } from '../../../support/fake-clock.ts';

describe('PathTurns', () => {
  const patient = new AbortController().signal;

  it('lets one after the other work on a path, in order, also after a failure', async () => {
    const turns = new PathTurns();
    const seen: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      seen.push(`${name} begins`);
      await settle();
      seen.push(`${name} ends`);
      if (name === 'a') throw new Error('a failed');
    };
    const a = turns.take('/p', patient, work('a'));
    const others = [turns.take('/p', patient, work('b')), turns.take('/p', patient, work('c'))];
    await expect(a).rejects.toThrow('a failed');
    await Promise.all(others);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('does not hold back work on another path', async () => {
    const turns = new PathTurns();
    const stuck = turns.take('/p', patient, () => new Promise<never>(() => undefined));
    expect(await turns.take('/q', patient, async () => 'done')).toBe('done');
    expect(stuck).toBeInstanceOf(Promise);
  });

  it('keeps the order when somebody in the middle gives up', async () => {
    const turns = new PathTurns();
    let finish: () => void = () => undefined;
    const first = turns.take('/p', patient, () => new Promise<void>((resolve) => (finish = resolve)));
    const caller = new AbortController();
    const second = turns.take('/p', caller.signal, async () => 'never');
    let hasThirdBegun = false;
    const third = turns.take('/p', patient, async () => (hasThirdBegun = true));
    caller.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await settle();
    expect(hasThirdBegun).toBe(false);
    finish();
    await Promise.all([first, third]);
    expect(hasThirdBegun).toBe(true);
  });
});
