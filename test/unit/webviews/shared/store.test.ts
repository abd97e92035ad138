import { expect, test, vi } from 'vitest';
import { createListeners, createStore } from '../../../../webviews/shared/store.ts';

test('tells what changed, and nothing where it stays the same', () => {
  const store = createStore(1);
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  store.set(1);
  store.set(2);
  store.set(2);
  unsubscribe();
  store.set(3);
  expect(listener.mock.calls).toEqual([[2]]);
  expect(store.get()).toBe(3);
});

test('compares as it is told to', () => {
  const store = createStore({ at: 1 }, (a, b) => a.at === b.at);
  const listener = vi.fn();
  store.subscribe(listener);
  store.set({ at: 1 });
  expect(listener).not.toHaveBeenCalled();
});

test('the same listener may listen twice, and leave while it is told', () => {
  const listeners = createListeners<string>();
  const heard: string[] = [];
  const listen = (text: string): void => {
    heard.push(text);
    leave();
  };
  const leave = listeners.add(listen);
  listeners.add(listen);
  listeners.tell('a');
  listeners.tell('b');
  expect(heard).toEqual(['a', 'a', 'b']);
});
