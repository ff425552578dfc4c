import { describe, expect, it } from 'vitest';
import { masking, opaque } from '../testing/masking.ts';
import { rewriteHeaders } from './rewrite-headers.ts';

const token = opaque();
const value = (name: string, text: string) =>
  rewriteHeaders([[name, text]], 'request', masking().masker)[0]?.[1];

describe('header fields', () => {
  it.each([
    ['Authorization', `Bearer ${token}`, 'Bearer [redacted:bearer:1]'],
    ['Authorization', token, '[redacted:authorization:1]'],
    ['authorization', `Basic ${btoa('alice:Tr0ub4dor&3')}`, 'Basic [redacted:basic:1]'],
    [
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=AK/x, SignedHeaders=host, Signature=${token}`,
      'AWS4-HMAC-SHA256 Credential=[redacted:authorization:1], SignedHeaders=host, Signature=[redacted:authorization:2]',
    ],
    [
      'Proxy-Authorization',
      'Digest realm="r", nonce="", response="0a1b2c3d4e5f"',
      'Digest realm="r", nonce="", response="[redacted:authorization:1]"',
    ],
    [
      'Cookie',
      `theme=dark; sid="${token}"; empty=; flag`,
      'theme=[redacted:cookie:1]; sid="[redacted:session:1]"; empty=; flag'.replace(
        '; flag',
        '; [redacted:cookie:2]',
      ),
    ],
    [
      'Set-Cookie',
      `sid=${token}; Path=/; Expires=Wed, 25 Nov 2026 12:00:00 GMT`,
      'sid=[redacted:session:1]; Path=/; Expires=Wed, 25 Nov 2026 12:00:00 GMT',
    ],
    ['X-Api-Key', 'k-12345', '[redacted:api-key:1]'],
    ['X-Csrf-Token', token, '[redacted:csrf:1]'],
    ['X-Functions-Key', token, '[redacted:api-key:1]'],
    ['Location', `/cb?access_token=${token}`, '/cb?access_token=%5Bredacted:token:1%5D'],
    ['WWW-Authenticate', `Negotiate ${token}`, 'Negotiate [redacted:authorization:1]'],
    ['X-Debug', `trace token=${token}`, 'trace token=[redacted:token:1]'],
  ])('%s: %s', (name, before, after) => expect(value(name, before)).toBe(after));

  it.each([
    ['Authorization', 'Bearer'],
    ['Idempotency-Key', token],
    ['ETag', `"${token}"`],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['WWW-Authenticate', 'Bearer realm="api", error="invalid_token"'],
    ['Content-Type', 'text/html; charset=utf-8'],
    ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64)'],
    ['X-Request-Id', '7b1d9c34-58f2-4f0e-9d3a-2f7c6b5a4e10'],
    ['Referer', 'https://a.test/search?q=token'],
    ['X-Empty', ''],
  ])('%s stays: %s', (name, text) => expect(value(name, text)).toBe(text));

  it('make the password of Basic credentials known everywhere', () => {
    const { masker } = masking();
    rewriteHeaders([['Authorization', `Basic ${btoa('alice:Tr0ub4dor&3')}`]], 'request', masker);
    expect(masker.sweep('pw Tr0ub4dor%263')).toBe('pw [redacted:password:1]');
    rewriteHeaders([['Authorization', `Basic ${btoa(`${token}:`)}`]], 'request', masker);
    expect(masker.sweep(token)).toBe('[redacted:api-key:1]');
  });

  it('are the same pairs where nothing is masked, and say where they are', () => {
    const { masker, book } = masking();
    const pair: [string, string] = ['Accept', 'a/b'];
    const [same, other] = rewriteHeaders([pair, ['X-Api-Key', token]], 'response', masker);
    expect(same).toBe(pair);
    expect(other).not.toBe(pair);
    expect(book.secrets(1)[0]?.places).toEqual(['response header X-Api-Key']);
  });
});
