import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inputOf } from '../testing/run-check.ts';
import { htmlOf, pageUrl, readHtml } from './html-tags.ts';

const names = (html: string) => readHtml(html).tags.map(({ name }) => name);

describe('readHtml', () => {
  it('reads attributes of every style, with their ranges', () => {
    const html = `<A HREF="/x?a=1&amp;b=2" target='_blank' rel=opener download>`;
    const [tag] = readHtml(html).tags;
    const shown = [...(tag?.attributes ?? [])].map(([key, { value, start, end }]) => [
      key,
      value,
      html.slice(start, end),
    ]);
    expect(shown).toEqual([
      ['href', '/x?a=1&b=2', '/x?a=1&amp;b=2'],
      ['target', '_blank', '_blank'],
      ['rel', 'opener', 'opener'],
      ['download', '', 'download'],
    ]);
  });

  it('takes nothing in scripts, styles, text areas and comments for a tag', () => {
    expect(names('<script>var a = "<form>"</script><p>')).toEqual(['script', '/script', 'p']);
    expect(names('<style>a{}<b></style><textarea><form></textarea>')).toEqual([
      'style',
      '/style',
      'textarea',
      '/textarea',
    ]);
    expect(names('<!-- <form> --><i>')).toEqual(['i']);
  });

  it('tells comments and scripts', () => {
    const html = '<!-- one --><script>two()</script><script src=x></script>';
    const { comments, scripts } = readHtml(html);
    expect(comments.map(({ start, end }) => html.slice(start, end))).toEqual([' one ']);
    expect(scripts.map(({ start, end }) => html.slice(start, end))).toEqual(['two()']);
  });

  it('survives what is no HTML', () => {
    for (const text of ['', '<', '<<<<', '<a b="', '<!--', '<script>', 'a < b > c', '</>', '<a =>'])
      readHtml(text);
    expect(names('1 < 2 <b>')).toEqual(['b']);
  });

  it('goes on behind a greater-than in quotes', () =>
    expect(names('<a title="a>b"><i>')).toEqual(['a', 'i']));
});

it('reads pages alone', () => {
  const page = (type: string) =>
    htmlOf(inputOf(makeSession({ responseHeaders: [['Content-Type', type]], responseBody: '<p>' }))).tags
      .length;
  expect([page('text/html'), page('application/json')]).toEqual([1, 0]);
});

it('resolves URLs of the page', () => {
  const input = inputOf(makeSession({ url: 'https://a.test/b/c' }));
  expect(pageUrl(input, '../d')?.href).toBe('https://a.test/d');
  expect(pageUrl(input, '//b.test/x')?.host).toBe('b.test');
  for (const none of ['', 'mailto:a@b.test', 'javascript:x()', 'http://'])
    expect(pageUrl(input, none)).toBeUndefined();
});
