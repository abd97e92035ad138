import { describe, expect, test, vi } from 'vitest';
import { createWindowRows } from '../../../../webviews/shared/window-rows.ts';

interface Asked {
  readonly from: number;
  readonly signal: AbortSignal;
  readonly answer: (total?: number) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

function setUp(total = 10_000) {
  const asked: Asked[] = [];
  const onChange = vi.fn();
  const onFailure = vi.fn();
  const rows = createWindowRows<number>({
    pageRows: 100,
    onChange,
    onFailure,
    fetch: (from, count, signal) =>
      new Promise((resolve, reject) => {
        asked.push({
          from,
          signal,
          answer: async (size = total) => {
            const length = Math.max(0, Math.min(count, size - from));
            resolve({ total: size, rows: Array.from({ length }, (_, index) => from + index) });
            await settle();
          },
          fail: async (error) => {
            reject(error);
            await settle();
          },
        });
      }),
  });
  return { rows, asked, onChange, onFailure };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('a list of windows', () => {
  test('asks for what is seen, and then for its neighbour', async () => {
    const { rows, asked, onChange } = setUp();
    rows.clear();
    await asked[0]?.answer();
    expect(rows.count()).toBe(10_000);
    expect(rows.at(99)).toBe(99);
    expect(rows.at(100)).toBeUndefined();
    expect(onChange).toHaveBeenCalled();
    rows.want(0, 40);
    expect(asked.map(({ from }) => from)).toEqual([0, 100]);
  });

  test('takes back what was passed by', async () => {
    const { rows, asked } = setUp();
    rows.clear();
    await asked[0]?.answer();
    rows.want(5000, 5040);
    rows.want(9000, 9040);
    expect(asked.filter(({ signal }) => signal.aborted).map(({ from }) => from)).toContain(5000);
    const last = asked.find(({ from }) => from === 9000);
    await last?.answer();
    expect(rows.at(9001)).toBe(9001);
  });

  test('shows old rows until new ones are there', async () => {
    const { rows, asked } = setUp(50);
    rows.clear();
    await asked[0]?.answer();
    rows.renew();
    expect(rows.at(3)).toBe(3);
    await asked[1]?.answer(70);
    expect(rows.count()).toBe(70);
    expect(rows.at(69)).toBe(69);
  });

  test('another list begins with nothing', async () => {
    const { rows, asked } = setUp(50);
    rows.clear();
    await asked[0]?.answer();
    rows.clear();
    expect(rows.count()).toBe(0);
    expect(rows.at(0)).toBeUndefined();
    await asked[1]?.answer(7);
    expect(rows.count()).toBe(7);
  });

  test('tells a failure once and does not ask again by itself', async () => {
    const { rows, asked, onFailure } = setUp();
    rows.clear();
    await asked[0]?.fail(new Error('no'));
    rows.want(0, 10);
    expect(onFailure).toHaveBeenCalledTimes(1);
    expect(asked).toHaveLength(1);
    rows.renew();
    expect(asked).toHaveLength(2);
  });

  test('an answer to what is not asked any more changes nothing', async () => {
    const { rows, asked } = setUp(50);
    rows.clear();
    const [first] = asked;
    rows.clear();
    await first?.answer(33);
    expect(rows.count()).toBe(0);
  });
});
