import { describe, expect, it } from 'vitest';
import { asciiAuthority, hostNotice } from './idn.ts';

/** As it stands on the wire: a byte string of UTF-8. */
const wire = (text: string) => Buffer.from(text).toString('latin1');

describe('asciiAuthority', () => {
  it.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['bücher.example:8443', 'xn--bcher-kva.example:8443'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['пример.рф:443', 'xn--e1afmkfd.xn--p1ai:443'],
    ['à.test', 'xn--0ca.test'],
    ['😀.test', 'xn--e28h.test'],
    ['a。test', 'a.test'],
  ])('59: %s is %s', (name, ascii) => {
    expect(asciiAuthority(wire(name))).toBe(ascii);
  });

  it('59: Latin-1 is understood where it is no UTF-8', () => {
    expect(asciiAuthority('b\xfccher.example')).toBe('xn--bcher-kva.example');
  });

  it.each([
    'example.com',
    'Example.COM:443',
    '[::1]:80',
    '127.1',
    '0x7f.1',
    'xn--bcher-kva.example',
    'a_b.test.',
    'not a host',
    '',
    'XN--',
  ])('ASCII is left alone: %j', (authority) => {
    expect(asciiAuthority(authority)).toBe(authority);
  });

  it.each([
    'ü b.test',
    'ü/b',
    'mia@ü.test',
    'ü:80:90',
    '[ü]',
    'ü%41.test',
    'ü?x',
    'ü#x',
    'ü\\x',
    'ü\0',
    'xn--ü.test',
    'xn--a.ü',
    '\u200b',
    '\u202eü.test',
  ])('what is no name is none: %j', (authority) => {
    expect(asciiAuthority(wire(authority))).toBeUndefined();
  });

  it('maps as browsers do, even to an address', () => {
    expect(asciiAuthority(wire('１２７.0.0.1'))).toBe('127.0.0.1');
    expect(asciiAuthority(wire('ü.test.:443'))).toBe('xn--tda.test.:443');
  });

  it('never makes a port, path or user out of part of a name', () => {
    // Full-width forms of : / @ that compatibility mapping turns into the real ones.
    for (const sign of ['\uff1a80', '\uff0fx', '\uff20x', '\uff1fx', '\uff03x', '\uff05', '\uff3cx']) {
      expect(asciiAuthority(wire(`ü${sign}`)), sign).toBeUndefined();
    }
  });
});

describe('hostNotice', () => {
  const notice = (name: string) => hostNotice(asciiAuthority(wire(name)) ?? '');

  it('59: shows both forms', () => {
    expect(hostNotice('xn--bcher-kva.example')).toEqual({ unicode: 'bücher.example' });
    expect(notice('例え.テスト')).toEqual({ unicode: '例え.テスト' });
  });

  it('says nothing of names that have one form', () => {
    for (const host of ['example.com', '127.0.0.1', '::1', 'xn--', 'xn--a', 'not-xn--bcher-kva.example']) {
      expect(hostNotice(host), host).toBeUndefined();
    }
  });

  it.each([
    ['аpple.com', /“аpple” mixes Cyrillic and Latin letters/],
    ['pаypal.example', /“pаypal” mixes Latin and Cyrillic letters/],
    ['gοοgle.com', /“gοοgle” mixes Latin and Greek letters/],
    ['www.аррle.com', /“аррle” mixes Cyrillic and Latin letters/],
    ['日本кит.test', /mixes Han and Cyrillic letters/],
    ['한글ひら.test', /mixes Hangul and Hiragana letters/],
  ])('59: warns of %s', (name, warning) => {
    const { warning: given } = notice(name) ?? {};
    expect(given).toMatch(warning);
    expect(given).toContain('xn--');
  });

  it.each([
    '日本語ひらがなカタカナ.jp',
    'tokyo東京.jp',
    '서울seoul漢.kr',
    'пример.рф',
    'bücher-1.example',
    'пример.com',
    'ελληνικά.gr',
    'עברית.test',
  ])('is at ease with %s', (name) => {
    expect(notice(name)).toBeDefined();
    expect(notice(name)?.warning).toBeUndefined();
  });
});
