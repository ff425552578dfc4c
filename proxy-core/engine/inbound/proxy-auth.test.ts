import { describe, expect, it } from 'vitest';
import { hasProgram, run } from '#certs/testing/temp-authority.ts';
import { type HeaderPair, headerValue, pairsFromFlat } from '#model/headers.ts';
import { credentialsMatch, proxyAuthorization, proxyAuthRequired } from './proxy-auth.ts';
import { listener } from './testing/loopback.ts';

const CREDENTIALS = { username: 'mia', password: 'pä:ss' };
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
const check = (...values: string[]) =>
  proxyAuthorization(
    values.map((value): HeaderPair => ['Proxy-Authorization', value]),
    CREDENTIALS,
  );

describe('proxyAuthorization', () => {
  it('the right user and password, in whatever case the scheme and field are written', () => {
    expect(check(basic('mia:pä:ss'))).toBe('ok');
    expect(check(basic('mia:pä:ss').replace('Basic', 'bAsIc  '))).toBe('ok');
    expect(proxyAuthorization([['proxy-AUTHORIZATION', basic('mia:pä:ss')]], CREDENTIALS)).toBe('ok');
  });

  it('none is missing, so that the client is asked', () => {
    expect(check()).toBe('missing');
    expect(proxyAuthorization([['Authorization', basic('mia:pä:ss')]], CREDENTIALS)).toBe('missing');
  });

  it.each([
    basic('mia:pass'),
    basic('mio:pä:ss'),
    basic('mia:pä:ss '),
    basic('MIA:pä:ss'),
    basic('mia'),
    basic(':'),
    basic(''),
    'Basic',
    'Basic ',
    'Basic ====',
    'Basic *!§',
    `${basic('mia:pä:ss')}, Basic x`,
    `Bearer ${basic('mia:pä:ss')}`,
    `Digest username="mia"`,
    '',
  ])('%j is wrong', (value) => {
    expect(check(value)).toBe('wrong');
  });

  it('two fields are wrong, even when one of them is right', () => {
    expect(check(basic('mia:pä:ss'), basic('mia:pä:ss'))).toBe('wrong');
    expect(check('Basic x', basic('mia:pä:ss'))).toBe('wrong');
  });

  it('an empty password may be set, and is then asked for', () => {
    const credentials = { username: 'mia', password: '' };
    expect(proxyAuthorization([['Proxy-Authorization', basic('mia:')]], credentials)).toBe('ok');
    expect(proxyAuthorization([['Proxy-Authorization', basic('mia:x')]], credentials)).toBe('wrong');
  });
});

describe('credentialsMatch', () => {
  const match = (name: string, password: string) =>
    credentialsMatch(CREDENTIALS, Buffer.from(name), Buffer.from(password));

  it('name and password each', () => {
    expect(match('mia', 'pä:ss')).toBe(true);
    expect(match('mia:pä', 'ss')).toBe(false);
    expect(match('mia', '')).toBe(false);
    expect(match('', 'pä:ss')).toBe(false);
  });
});

describe('proxyAuthRequired', () => {
  it('asks for Basic in a realm, says what to do, and is not kept', () => {
    const { status, headers, body } = proxyAuthRequired();
    expect(status).toBe(407);
    expect(headerValue(headers, 'Proxy-Authenticate')).toBe('Basic realm="Sluice", charset="UTF-8"');
    expect(headerValue(headers, 'Content-Length')).toBe(String(body.length));
    expect(headerValue(headers, 'Cache-Control')).toBe('no-store');
    expect(Buffer.from(body).toString()).toMatch(/user name and a password/);
  });

  it('a realm cannot leave its quotes', () => {
    expect(headerValue(proxyAuthRequired('a"b\\c').headers, 'Proxy-Authenticate')).toBe(
      'Basic realm="a\\"b\\\\c", charset="UTF-8"',
    );
  });

  /** A proxy that does nothing but ask: what curl then sends, for a plain request and for CONNECT. */
  it.skipIf(!hasProgram('curl')).each(['http://a.test/', 'https://a.test/'])(
    'curl understands it: %s',
    async (url) => {
      const verdicts: string[] = [];
      await using proxy = await listener((socket) => {
        let text = '';
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString('latin1');
          if (!text.endsWith('\r\n\r\n')) return;
          const fields = text
            .trim()
            .split('\r\n')
            .slice(1)
            .flatMap((line) => line.split(/: (.*)/, 2));
          text = '';
          const verdict = proxyAuthorization(pairsFromFlat(fields), CREDENTIALS);
          verdicts.push(verdict);
          const { status, headers, body } = proxyAuthRequired();
          const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
          if (verdict === 'ok') socket.end('HTTP/1.1 204 No Content\r\n\r\n');
          else socket.write(`HTTP/1.1 ${status} Asked\r\n${lines}\r\n${Buffer.from(body)}`);
        });
      });
      const login = ['--proxy-anyauth', '--proxy-user', 'mia:pä:ss'];
      await run('curl', [
        '-sS',
        '--noproxy',
        '',
        '--proxy',
        `http://127.0.0.1:${proxy.port}`,
        ...login,
        url,
      ]).catch(() => {});
      expect(verdicts).toEqual(['missing', 'ok']);
    },
  );
});
