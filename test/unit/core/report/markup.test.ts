import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markup } from '../../../../server/core/report/markup.ts';

describe('markup', () => {
  it('escapes text, keeps markup, joins lists and leaves out what is not there', () => {
    const inner = markup`<b>${'<'}</b>`;
    expect(markup`<p title="${`"a" & 'b'`}">${[inner, 3, undefined, '>']}</p>`.text).toBe(
      '<p title="&quot;a&quot; &amp; &#39;b&#39;"><b>&lt;</b>3&gt;</p>',
    );
  });

  it.each([
    ['controls', 'a\u0000b\u001b\u0085'],
    ['halves of pairs', 'a\ud800b\udc00'],
    ['what turns the direction', 'a\u202eb\u2066'],
    ['what XML forbids', 'a\ufffeb\uffff'],
  ])('replaces %s', (_, text) => {
    expect(markup`${text}`.text).toMatch(/^a\ufffdb\ufffd*$/);
  });

  it('keeps lines, tabs and signs of all planes', () => {
    expect(markup`${'a\n\tü😀'}`.text).toBe('a\n\tü😀');
  });

  it('never lets text out of content or attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(markup`${text}`.text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[&<>"']/);
      }),
    );
  });
});
