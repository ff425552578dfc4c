import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleHtml } from './visible-html.ts';

const shown = (html: string) => visibleHtml(html).split(/\s+/).filter(Boolean);

describe('visibleHtml', () => {
  it('keeps text and blanks tags and their attributes', () => {
    expect(shown('<p data-x="hidden">one <b>two</b></p> three')).toEqual(['one', 'two', 'three']);
  });

  it.each(['script', 'STYLE', 'svg', 'template'])('blanks what is inside %s', (name) => {
    expect(shown(`a<${name} x=1>if (1 < 2) b</${name.toLowerCase()}\n>c`)).toEqual(['a', 'c']);
  });

  it('does not take other elements for those', () => {
    expect(shown('<styled-x>a</styled-x><scripts>b</scripts>')).toEqual(['a', 'b']);
  });

  it.each(['a<script>b', 'a<b', 'a<script', 'a<script>b</script'])('hides the rest after %j', (html) => {
    expect(shown(html)).toEqual(['a']);
  });

  it('keeps every offset', () => {
    const html = fc.array(fc.constantFrom('<', '>', '<script>', '</script>', 'text', ' ', '"'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(html, (pieces) => {
        const before = pieces.join('');
        const after = visibleHtml(before);
        expect(after.length).toBe(before.length);
        for (let i = 0; i < after.length; i++) expect([' ', before[i]]).toContain(after[i]);
      }),
    );
  });
});
