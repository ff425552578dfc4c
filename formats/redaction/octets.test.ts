import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  base64Like,
  base64Text,
  hasControls,
  jsonEscape,
  jsonUnescape,
  latin1,
  markupEscape,
  markupUnescape,
  octetsOf,
  percentDecode,
  percentEncode,
  spellings,
  unicode,
  utf8,
} from './octets.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });

describe('byte strings', () => {
  it('are UTF-8, one unit an octet, and back', () => {
    expect(utf8('é€')).toBe('\xc3\xa9\xe2\x82\xac');
    fc.assert(fc.property(text, (value) => unicode(utf8(value)) === value));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Buffer.compare(octetsOf(latin1(bytes)), bytes) === 0));
  });

  it('are percent-encoded as a browser does it, octet by octet', () => {
    fc.assert(fc.property(text, (value) => percentEncode(utf8(value)) === encodeURIComponent(value)));
    fc.assert(fc.property(text, (value) => percentDecode(percentEncode(utf8(value)), false) === utf8(value)));
    expect(percentDecode('a+b%2B%zz', true)).toBe('a b+%zz');
    expect(percentDecode('a+b', false)).toBe('a+b');
  });

  it('stand in JSON strings and come out of them', () => {
    fc.assert(fc.property(text, (value) => jsonUnescape(jsonEscape(utf8(value))) === utf8(value)));
    expect(jsonUnescape('caf\\u00e9 \\ud83d\\ude00 \\/')).toBe(utf8('café 😀 /'));
    expect(jsonUnescape('\xc3\xa9\\n')).toBe('\xc3\xa9\n');
    expect(jsonUnescape('broken \\x')).toBe('broken \\x');
    expect(jsonUnescape('raw\ttab\\t')).toBe('raw\ttab\t');
  });

  it('stand in markup and come out of it', () => {
    fc.assert(fc.property(text, (value) => markupUnescape(markupEscape(utf8(value))) === utf8(value)));
    expect(markupUnescape('&#233;&#xe9;&apos;&nbsp;&#0;&#x110000;')).toBe(
      `${utf8('éé')}'&nbsp;&#0;&#x110000;`,
    );
  });
});

describe('base64', () => {
  it('is read where it holds text', () => {
    expect(base64Text(btoa('alice:wonderland'))).toBe('alice:wonderland');
    expect(base64Text(Buffer.from('grüße an alle').toString('base64'))).toBe(utf8('grüße an alle'));
    for (const no of [
      'short',
      '',
      'not base64!!!!!!',
      btoa('\0\x01\x02binary...'),
      btoa('\xff\xfe\xfd\xfc12345678'),
    ]) {
      expect(base64Text(no)).toBeUndefined();
    }
  });

  it('is written in the alphabet and with the padding that it had', () => {
    const value = 'a?b>c~~~~~~~?';
    for (const like of [
      Buffer.from(value).toString('base64'),
      Buffer.from(value).toString('base64url'),
      Buffer.from(`${value}x`).toString('base64').replace(/=+$/, ''),
    ]) {
      const original = Buffer.from(like, 'base64').toString('latin1');
      expect(base64Like(original, like)).toBe(like);
    }
  });
});

it('knows control characters from white space and from UTF-8', () => {
  expect(hasControls('a\tb\r\n\x1b[0m\xc3\xa9', 100)).toBe(false);
  expect(hasControls('ab\0', 100)).toBe(true);
  expect(hasControls('ab\0', 2)).toBe(false);
});

it('spells a secret in the ways in which texts hold it', () => {
  const value = utf8('a&b "c"/é!');
  const all = spellings(value);
  for (const one of [
    value,
    encodeURIComponent('a&b "c"/é!'),
    new URLSearchParams({ v: 'a&b "c"/é!' }).toString().slice(2),
    utf8(JSON.stringify('a&b "c"/é!').slice(1, -1)),
    utf8('a&b \\"c\\"\\/é!'),
    'a&b \\"c\\"/\\u00e9!',
    utf8('a&amp;b &quot;c&quot;/é!'),
    Buffer.from('a&b "c"/é!').toString('base64'),
  ]) {
    expect(all).toContain(one);
  }
  expect(new Set(all).size).toBe(all.length);
  expect(spellings('plain12345')).toContain('plain12345');
});
