import { describe, expect, it } from 'vitest';
import { writeFigures } from '../../../bench/figures.ts';

const BEGIN = '<!-- figures: written by `npm run bench -- --write-docs` -->';
const END = '<!-- end of figures -->';

describe('writeFigures', () => {
  it('puts new figures in the place of the last ones and leaves the rest alone', () => {
    const document = `# Speed\n\n${BEGIN}\n\nold\n\n${END}\n\nAfter.\n`;
    const expected = `# Speed\n\n${BEGIN}\n\n| new |\n\n${END}\n\nAfter.\n`;

    expect(writeFigures(document, '| new |')).toBe(expected);
    expect(writeFigures(expected, '| new |')).toBe(expected);
  });

  it.each(['no marks at all', `only the first: ${BEGIN}`, `in the wrong order: ${END} ${BEGIN}`])(
    'refuses a document with %s',
    (document) => {
      expect(() => writeFigures(document, 'figures')).toThrow('has no marks');
    },
  );
});
