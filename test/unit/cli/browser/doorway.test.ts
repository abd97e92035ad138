import { expect, it } from 'vitest';
import { openDoorway } from '../../../../cli/browser/doorway.ts';

const TARGET = 'http://127.0.0.1:1/ui/#token=secret';

it('leads on once, to whoever knows the address', async () => {
  const doorway = await openDoorway(TARGET, 20_000);
  expect(doorway.address).not.toContain('secret');
  const other = await fetch(new URL('/', doorway.address), { redirect: 'manual' });
  expect([other.status, other.headers.get('location')]).toEqual([404, null]);
  const answer = await fetch(doorway.address, { redirect: 'manual' });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, TARGET]);
  expect(await doorway.passed).toBe(true);
  await expect(fetch(doorway.address, { redirect: 'manual' })).rejects.toThrow();
});

it('waits for nobody longer than told', async () => {
  const doorway = await openDoorway(TARGET, 10);
  expect(await doorway.passed).toBe(false);
});
