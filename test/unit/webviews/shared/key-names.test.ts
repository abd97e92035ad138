import { expect, test } from 'vitest';
import { type KeyPress, nameKeys } from '../../../../webviews/shared/key-names.ts';

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...changes };
}

test.each([
  [press('ArrowLeft'), ['arrowleft']],
  [press('ArrowLeft', { shiftKey: true }), ['shift+arrowleft']],
  [press('F', { shiftKey: true }), ['shift+f']],
  [press('F'), ['f']],
  [press('?', { shiftKey: true }), ['shift+?', '?']],
  [press('R', { ctrlKey: true, shiftKey: true }), ['ctrl+shift+r']],
  [press('c', { metaKey: true }), ['ctrl+c']],
  [press('¡', { altKey: true, code: 'Digit1' }), ['alt+1']],
  [press('ç', { altKey: true, code: 'KeyC' }), ['alt+c']],
  [press('ArrowRight', { altKey: true, code: 'ArrowRight' }), ['alt+arrowright']],
])('%o', (pressed, names) => {
  expect(nameKeys(pressed)).toEqual(names);
});
