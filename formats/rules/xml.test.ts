import { describe, expect, it } from 'vitest';
import { childAt, childrenOf, flagAt, readXml, textAt, XML_LIMITS } from './xml.ts';

it('reads elements, attributes and text', () => {
  const root = readXml(
    '\ufeff<?xml version="1.0"?>\n<!-- <no> --><?tool x?><a x="1 &gt; 0" y=\'&#x41;\'>t&amp;u<b/><b on="true">TRUE</b><![CDATA[<&]]><c><d>deep</d></c></a>\n',
  );
  expect([root.name, root.text, [...root.attributes]]).toEqual([
    'a',
    't&u<&',
    [
      ['x', '1 > 0'],
      ['y', 'A'],
    ],
  ]);
  expect(childrenOf(root, 'b')).toHaveLength(2);
  expect([textAt(root, 'c', 'd'), textAt(root, 'none', 'd'), childAt(root, 'none')]).toEqual([
    'deep',
    '',
    undefined,
  ]);
  expect([flagAt(root, 'b'), flagAt(root, 'c', 'd'), flagAt(readXml('<a><b>TRUE</b></a>'), 'b')]).toEqual([
    undefined,
    false,
    true,
  ]);
});

describe('is refused', () => {
  it.each([
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /document type/],
    ['<a>', /closed/],
    ['<a></b>', /closes nothing/],
    ['</a>', /closes nothing/],
    ['<a/><b/>', /single root/],
    ['text', /single root/],
    ['<a b=c/>', /attribute/],
    ['<a b="', /does not end/],
    ['<!-- ', /missing/],
    ['<1/>', /opens nothing/],
    ['<a>'.repeat(XML_LIMITS.depth + 1), /levels deep/],
    [`<a>${'<b/>'.repeat(XML_LIMITS.elements)}</a>`, /elements/],
    ['x'.repeat(XML_LIMITS.bytes + 1), /bytes/],
  ])('%.40s', (text, message) => {
    expect(() => readXml(text)).toThrow(message);
  });

  it('in time that grows with the text', () => {
    const started = performance.now();
    for (const text of [
      '<'.repeat(1e6),
      `<a ${'b="'.repeat(3e5)}`,
      `<a>${'&#'.repeat(5e5)}</a>`,
      `<a${' '.repeat(1e6)}/>`,
    ]) {
      try {
        readXml(text);
      } catch {
        // What matters is the time.
      }
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
