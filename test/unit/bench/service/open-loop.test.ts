import { describe, expect, it } from 'vitest';
import { sendAtPace } from '../../../../bench/service/open-loop.ts';

describe('sendAtPace', () => {
  it('sends on while answers are missing, and counts from when each request was due', async () => {
    const answers: (() => void)[] = [];
    const sent = await sendAtPace({ perSecond: 1000, seconds: 0.01 }, (index) => {
      const answer = new Promise<void>((resolve) => answers.push(resolve));
      // Nothing is answered before the last has been sent.
      if (index === 9) for (const resolve of answers) resolve();
      return answer;
    });
    expect(sent.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { index, sentMs, answeredMs } of sent) {
      expect(sentMs).toBeGreaterThanOrEqual(0);
      // The last was due so many milliseconds after this one.
      expect(answeredMs).toBeGreaterThanOrEqual(9 - index);
    }
  });

  it('fails with the request that failed', async () => {
    const pace = { perSecond: 1000, seconds: 0.005 };
    const failing = (index: number): Promise<void> =>
      index === 2 ? Promise.reject(new Error('no answer')) : Promise.resolve();
    await expect(sendAtPace(pace, failing)).rejects.toThrow('no answer');
  });
});
