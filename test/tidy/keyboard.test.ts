import { expect, it } from 'vitest';
import { fillKeys } from '../../tools/keyboard-page.ts';
import { readRepositoryFile } from '../support/repository.ts';

const page = readRepositoryFile('docs/KEYBOARD.md');

it('docs/KEYBOARD.md tells the keys that there are: "npm run generate" rewrites it', () => {
  expect(page).toBe(fillKeys(page));
});

it('wants a place for them', () => {
  expect(() => fillKeys('# Another page')).toThrow('docs/KEYBOARD.md must have the lines');
});
