import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { checkCount, checkSize, cleanUrl, hasHeader, header, importedRequest } from './imported-request.ts';

function cleaned(parts: Parameters<typeof importedRequest>[0]) {
  const losses = new Losses();
  const request = importedRequest(parts, losses);
  return { request, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}
const parts = { method: 'GET', url: 'https://a.test/' };

describe('importedRequest', () => {
  it('passes on what is good', () => {
    const headers = [header('X-A', 'é'), { name: 'X-Off', value: '1', on: false }];
    const { request, lost } = cleaned({
      ...parts,
      name: 'List',
      folder: ['A', 'B'],
      headers,
      body: Uint8Array.of(1),
    });
    expect(request).toEqual({
      ...parts,
      name: 'List',
      folder: ['A', 'B'],
      headers: [{ name: 'X-A', value: '\xc3\xa9', on: true }, headers[1]],
      body: Uint8Array.of(1),
    });
    expect(lost).toEqual([]);
  });

  it('lets no value end its line', () => {
    const { request } = cleaned({ ...parts, headers: [header('A', 'x\r\nB: y\0z')] });
    expect(request.headers[0]?.value).toBe('x B: y z');
  });

  it('leaves out what is no header or no method, and says so', () => {
    const { request, lost } = cleaned({
      method: 'GET /x',
      url: 'u',
      headers: [header('a b', '1'), header('', '')],
    });
    expect(request).toMatchObject({ method: 'GET', headers: [] });
    expect(lost).toEqual([
      'method that is none: GET /x',
      'header whose name is none: a b',
      'header whose name is none: ',
    ]);
  });

  it('keeps at most a thousand headers', () => {
    const headers = Array.from({ length: 1001 }, (_, i) => header(`x-${i}`, ''));
    const { request, lost } = cleaned({ ...parts, headers });
    expect(request.headers).toHaveLength(1000);
    expect(lost).toEqual(['headers beyond the first 1000: undefined']);
  });

  it('shows a name on one line', () => {
    expect(cleaned({ ...parts, name: 'a\n\u202eb', folder: ['\0'] }).request).toMatchObject({
      name: 'a b',
      folder: [''],
    });
  });
});

describe('addresses', () => {
  it.each([
    ['https://a.test/x y?é#frag', 'https://a.test/x%20y?%C3%A9'],
    [' {{host}}/a\nb ', '{{host}}/a%0Ab'],
    ['', ''],
  ])('%j', (url, clean) => {
    expect(cleanUrl(url)).toBe(clean);
  });
});

it('refuses files that are too large, and too many requests', () => {
  expect(() => checkSize('x'.repeat(33_554_433))).toThrow('split this one');
  expect(() => checkSize('x')).not.toThrow();
  expect(() => checkCount(10_000)).toThrow('more than 10000');
  expect(() => checkCount(9_999)).not.toThrow();
});

it('finds headers that are on, whatever their case', () => {
  const headers = [
    { name: 'Accept', value: '', on: true },
    { name: 'X', value: '', on: false },
  ];
  expect([hasHeader(headers, 'accept'), hasHeader(headers, 'x'), hasHeader(headers, 'y')]).toEqual([
    true,
    false,
    false,
  ]);
});
