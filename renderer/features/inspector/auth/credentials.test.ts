import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { credentialsOf, parameters } from './credentials.ts';

const JWT = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${Buffer.from('{"sub":"1"}').toString('base64url')}.c2ln`;
const of = (requestHeaders: HeaderPair[], url = 'https://a.test/', responseHeaders: HeaderPair[] = []) =>
  credentialsOf(makeSession({ url, requestHeaders, responseHeaders }).session).map(
    ({ place, scheme, fields, tokens }) => ({
      place,
      scheme,
      fields: Object.fromEntries(fields),
      tokens: tokens.length,
    }),
  );

describe('credentials', () => {
  it.each<[string, string, object]>([
    [
      'Basic',
      `Basic ${Buffer.from('ada:s:ecret ü').toString('base64')}`,
      { User: 'ada', Password: 's:ecret ü' },
    ],
    ['Basic', `Basic ${Buffer.from('onlyuser').toString('base64')}`, { User: 'onlyuser' }],
    ['Basic', 'Basic %%%', { Value: '%%%' }],
    ['Bearer', 'Bearer abc.def', { Token: 'abc.def' }],
    [
      'Digest',
      'Digest username="a\\"b", realm="r", nc=00000001',
      { username: 'a"b', realm: 'r', nc: '00000001' },
    ],
    [
      'NTLM',
      `NTLM ${Buffer.from('NTLMSSP\0\x03\0').toString('base64')}`,
      { Mechanism: 'NTLM, message 3 of 3' },
    ],
    [
      'Negotiate',
      `Negotiate ${Buffer.from('\x60\x82').toString('base64')}`,
      { Mechanism: 'Kerberos (SPNEGO)' },
    ],
    [
      'AWS4-HMAC-SHA256',
      'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=ab',
      { Credential: 'AKIA/20260101/eu/s3/aws4_request', SignedHeaders: 'host;x-amz-date', Signature: 'ab' },
    ],
    ['Key', 'justakey', { Value: 'justakey' }],
    ['Custom', 'Custom abc', { Value: 'abc' }],
  ])('%s: %s', (scheme, value, fields) => {
    expect(of([['Authorization', value]])).toEqual([{ place: 'Authorization', scheme, fields, tokens: 0 }]);
  });

  it('finds tokens and keys wherever they stand', () => {
    const found = of(
      [
        ['Authorization', `Bearer ${JWT}`],
        ['X-Api-Key', 'k'],
        ['X-Custom', `prefix ${JWT}`],
        ['Cookie', `theme=dark; sid=${JWT}`],
      ],
      `https://a.test/?id=1&api_key=2&t=${JWT}`,
      [
        ['Set-Cookie', `sid=${JWT}; Path=/`],
        ['WWW-Authenticate', 'Basic realm="inner"'],
      ],
    );
    expect(found.map(({ place, scheme }) => `${place}: ${scheme}`)).toEqual([
      'Query api_key: API key',
      'Query t: Token',
      'Authorization: Bearer',
      'X-Api-Key: API key',
      'X-Custom: Token',
      'Cookie sid: Token',
      'WWW-Authenticate: Basic',
      'Set-Cookie sid: Token',
    ]);
    expect(found.at(-2)?.fields).toEqual({ realm: 'inner' });
  });

  it('leaves ordinary traffic alone', () => {
    expect(
      of(
        [
          ['Accept', '*/*'],
          ['Cookie', 'theme=dark'],
        ],
        'https://a.test/?page=2',
      ),
    ).toEqual([]);
  });

  it('reads parameters in linear time', () => {
    const started = performance.now();
    parameters('a="'.repeat(50_000));
    // Ample: backtracking takes minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
