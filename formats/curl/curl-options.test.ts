/** What of a request becomes an option. That curl then sends just that is proven beside the shells, by running it. */
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { curlOptions } from './curl-options.ts';

const options = (overrides: SessionOverrides, hasBody = false) =>
  curlOptions(makeSession(overrides).session, hasBody).map(({ name, value }) =>
    value === undefined ? name : `${name} ${value}`,
  );
const url = 'https://acme.test/a';
const host: [string, string] = ['Host', 'acme.test'];

describe('curlOptions', () => {
  it('begins with the address, and switches off what curl would add', () => {
    expect(options({ url, requestHeaders: [host] })).toEqual([
      '--url https://acme.test/a',
      '--globoff',
      '--path-as-is',
      '--header User-Agent:',
      '--header Accept:',
    ]);
  });

  it('keeps headers in order, with their case and their duplicates', () => {
    const requestHeaders: [string, string][] = [host, ['x-B', '2'], ['X-a', '1'], ['x-B', '3']];
    expect(options({ url, requestHeaders }).filter((one) => /x-/i.test(one))).toEqual([
      '--header x-B: 2',
      '--header X-a: 1',
      '--header x-B: 3',
    ]);
  });

  it('says that an empty value is meant to be empty', () => {
    expect(options({ url, requestHeaders: [['X-E', '']] })).toContain('--header X-E;');
  });

  it('leaves framing and the connection to curl', () => {
    const requestHeaders: [string, string][] = [
      ['Content-Length', '3'],
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'close'],
      [':authority', 'acme.test'],
    ];
    expect(options({ url, requestHeaders }).join('\n')).not.toMatch(/length|chunked|close|authority/i);
  });

  it('gives a Host only where it is another than the address says', () => {
    expect(options({ url, requestHeaders: [['Host', 'other.test']] })).toContain('--header Host: other.test');
    expect(options({ url, requestHeaders: [host] }).join()).not.toContain('Host');
  });

  it.each([
    ['GET', false, undefined],
    ['POST', false, '--request POST'],
    ['POST', true, undefined],
    ['GET', true, '--request GET'],
    ['HEAD', false, '--head'],
    ['HEAD', true, '--request HEAD'],
    ['PURGE', false, '--request PURGE'],
  ])('says %s (body: %s) as %s', (method, hasBody, said) => {
    const [, second] = options({ url, method }, hasBody);
    expect(second === '--globoff' ? undefined : second).toBe(said);
  });

  it('switches off the type and the Expect that curl gives a body, unless they were there', () => {
    expect(options({ url }, true)).toEqual(
      expect.arrayContaining(['--header Content-Type:', '--header Expect:']),
    );
    const requestHeaders: [string, string][] = [['content-type', 'text/plain']];
    expect(options({ url, requestHeaders }, true)).not.toContain('--header Content-Type:');
  });

  it('keeps HTTP/1.0', () => {
    expect(options({ url, httpVersion: 'HTTP/1.0' })).toContain('--http1.0');
    expect(options({ url, httpVersion: 'HTTP/2' }).join()).not.toContain('http2');
  });
});
