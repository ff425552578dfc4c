/** The request as a whole; that curl sends the same is shown in read-curl.test.ts. */
import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import { curlArguments } from './curl-arguments.ts';
import { requestsOfSettings } from './request-of-settings.ts';

const requests = (...args: string[]) => requestsOfSettings(curlArguments(args), undefined, new Losses());
const first = (...args: string[]) => requests(...args)[0];
const fields = (...args: string[]) =>
  (first(...args)?.headers ?? []).map(({ name, value }) => `${name}: ${value}`);

describe('the method', () => {
  it.each([
    [[], 'GET'],
    [['-d', 'x'], 'POST'],
    [['-F', 'a=b'], 'POST'],
    [['-G', '-d', 'x'], 'GET'],
    [['-I'], 'HEAD'],
    [['-T', 'f'], 'PUT'],
    [['-X', 'PURGE', '-d', 'x'], 'PURGE'],
  ])('%j is %s', (args, method) => {
    expect(first('a.test', ...args)?.method).toBe(method);
  });
});

describe('the address', () => {
  it.each([
    [['a.test'], 'http://a.test'],
    [['https://u:p@a.test/x'], 'https://a.test/x'],
    [['a.test?x#y', '-G', '-d', 'b=1'], 'http://a.test?x&b=1#y'],
    [['a.test', '--url-query', '+b=%20', '--url-query', 'c=d e'], 'http://a.test?b=%20&c=d%20e'],
  ])('%j', (args, url) => {
    expect(first(...args)?.url).toBe(url);
  });

  it('makes a request each, none makes none', () => {
    expect(requests('a', 'b', '-d', 'x').map(({ url }) => url)).toEqual(['http://a', 'http://b']);
    expect(requests('-d', 'x')).toEqual([]);
  });
});

describe('headers that curl adds', () => {
  it('are added unless given or switched off', () => {
    expect(fields('a')).toEqual(['Accept: */*']);
    expect(fields('a', '-H', 'accept: x')).toEqual(['accept: x']);
    expect(fields('a', '-H', 'Accept:', '-d', 'x')).toEqual([
      'Content-Type: application/x-www-form-urlencoded',
    ]);
    expect(fields('a', '-H', 'Accept:', '-H', 'Content-Type:', '-d', 'x')).toEqual([]);
    expect(fields('a', '--json', '{}')).toEqual([
      'Accept: application/json',
      'Content-Type: application/json',
    ]);
  });

  it('come of options', () => {
    expect(
      fields('u:%70@a', '-A', 'x', '-e', 'r;auto', '-b', 'c=1', '-b', 'd=2', '-r', '1-2', '--compressed'),
    ).toEqual([
      'User-Agent: x',
      'Referer: r',
      'Cookie: c=1; d=2',
      `Authorization: Basic ${btoa('u:p')}`,
      'Range: bytes=1-2',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Accept: */*',
    ]);
    expect(fields('a', '-u', 'me')).toContain(`Authorization: Basic ${btoa('me:')}`);
    expect(fields('a', '-A', '', '-H', 'Accept:')).toEqual([]);
  });
});

it('data is joined as curl joins it', () => {
  expect(byteString(first('a', '-d', 'a=1', '--data-urlencode', 'b=2 3')?.body ?? new Uint8Array())).toBe(
    'a=1&b=2%203',
  );
  expect(byteString(first('a', '--json', '{"a":', '--json', '1}')?.body ?? new Uint8Array())).toBe('{"a":1}');
});
