import { describe, expect, it } from 'vitest';
import { masking, opaque, repeated } from '../testing/masking.ts';
import { rewriteFields, rewriteUrl } from './rewrite-fields.ts';

const token = opaque();
const url = (text: string) => {
  const { masker, inner } = masking();
  return rewriteUrl(text, masker, inner);
};
const fields = (text: string) => {
  const { masker, inner } = masking();
  return rewriteFields(text, masker, inner, true);
};

describe('fields', () => {
  it('are masked by their names, the others stay as they are written', () => {
    expect(fields('a=%7e+x&user%5Bpassword%5D=Tr0ub%264&b')).toBe(
      'a=%7e+x&user%5Bpassword%5D=%5Bredacted:password:1%5D&b',
    );
  });

  it('are read inside: JSON, URLs, other fields', () => {
    expect(fields(`data=${encodeURIComponent(`{"api_key":"${token}","n":1}`)}`)).toBe(
      `data=${encodeURIComponent('{"api_key":"[redacted:api-key:1]","n":1}').replaceAll('%3Aapi', ':api').replace('%3A1%5D', ':1%5D').replaceAll('%3A', ':')}`,
    );
    expect(decodeURIComponent(fields(`next=${encodeURIComponent(`/cb?token=${token}`)}`))).toBe(
      'next=/cb?token=%5Bredacted:token:1%5D',
    );
  });

  it('take a code for a secret only where OAuth is spoken, unless it looks like one', () => {
    expect(fields('code=a1b2&state=x')).toBe('code=%5Bredacted:code:1%5D&state=x');
    expect(fields('code=DE&country=x')).toBe('code=DE&country=x');
    expect(fields(`code=${token}`)).toBe('code=%5Bredacted:code:1%5D');
  });

  it('may be escaped as in markup', () => {
    expect(fields(`a=1&amp;token=${token}`)).toBe('a=1&amp;token=%5Bredacted:token:1%5D');
  });
});

describe('a URL', () => {
  it.each([
    ['https://a.test/x?page=2&id=7#top', 'https://a.test/x?page=2&id=7#top'],
    [`https://a.test/x?token=${token}&page=2`, 'https://a.test/x?token=%5Bredacted:token:1%5D&page=2'],
    [`/cb#access_token=${token}&expires_in=3600`, '/cb#access_token=%5Bredacted:token:1%5D&expires_in=3600'],
    [`//cdn.test/x?sig=${token}`, '//cdn.test/x?sig=%5Bredacted:signature:1%5D'],
    ['https://bob:Tr0ub4dor@a.test/', 'https://bob:%5Bredacted:password:1%5D@a.test/'],
    [`/reset-password/${token}/done`, '/reset-password/%5Bredacted:token:1%5D/done'],
    [`/a;jsessionid=${token}?x=1`, '/a;jsessionid=%5Bredacted:session:1%5D?x=1'],
    ['/static/app.9f8e7d6c5b4a39281706.js', '/static/app.9f8e7d6c5b4a39281706.js'],
    ['/a%2Fb/%E2%82%AC?q=%zz', '/a%2Fb/%E2%82%AC?q=%zz'],
    ['*', '*'],
    ['', ''],
    ['a.test:443', 'a.test:443'],
  ])('%s', (before, after) => expect(url(before)).toBe(after));

  it.each(['&', '=', '?', '#', '/', ';', '%', 'token=', '://'])(
    'is read in linear time, of %s alone',
    (piece) => {
      const started = performance.now();
      url(`/x?${repeated(piece, 60_000)}`);
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});
