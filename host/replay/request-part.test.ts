import { describe, expect, it } from 'vitest';
import { type PlainRequest, requestPart } from './request-part.ts';

const request = (change: Partial<PlainRequest> = {}): PlainRequest => ({
  method: 'GET',
  url: 'http://h.test:81/a/b%20c?x=1&y=%20',
  headers: [
    ['Host', 'h.test:81'],
    ['Cookie', 'a=1; sid=old'],
  ],
  body: new Uint8Array(),
  ...change,
});
const json = (text: string) => request({ body: new Uint8Array(Buffer.from(text)) });
const body = ({ body }: PlainRequest) => Buffer.from(body).toString();
const set = (part: string, value: string, to = request()) => requestPart(part).set(to, value);

describe('parts of an address', () => {
  it.each([
    ['query.x', '2 3', 'http://h.test:81/a/b%20c?x=2%203&y=%20'],
    ['query.new', 'é', 'http://h.test:81/a/b%20c?x=1&y=%20&new=%C3%A9'],
    ['path.1', 'n/m', 'http://h.test:81/n%2Fm/b%20c?x=1&y=%20'],
    ['path.2', '7', 'http://h.test:81/a/7?x=1&y=%20'],
  ])('%s', (part, value, url) => expect(set(part, value).url).toBe(url));

  it('are added where there is no path', () =>
    expect(set('query.a', '1', request({ url: 'http://h.test' })).url).toBe('http://h.test?a=1'));

  it('are refused where they are not there', () =>
    expect(() => set('path.3', 'x')).toThrow(expect.objectContaining({ code: 'usage' })));
});

describe('parts of a head', () => {
  it.each([
    ['header.host', 'other', ['Host', 'other']],
    ['header.X-New', 'é', ['X-New', '\u00c3\u00a9']],
    ['cookie.sid', 'new', ['Cookie', 'a=1; sid=new']],
    ['cookie.b', '2', ['Cookie', 'a=1; sid=old; b=2']],
  ])('%s', (part, value, pair) => expect(set(part, value).headers).toContainEqual(pair));

  it('method', () => expect(set('method', 'PURGE').method).toBe('PURGE'));
});

describe('parts of a body', () => {
  it.each([
    ['$.id', '8', '{"id":8,"name":"a"}'],
    ['$.id', 'x', '{"id":"x","name":"a"}'],
    ['$.name', '8', '{"id":7,"name":"8"}'],
    ['$.new', 'true', '{"id":7,"name":"a","new":true}'],
    ['$', '[]', '[]'],
  ])('%s = %s', (part, value, after) =>
    expect(body(set(part, value, json('{"id":7,"name":"a"}')))).toBe(after),
  );

  it.each(['$.a.b', '$[', '$.items[3]'])('%s is refused where it cannot be', (part) =>
    expect(() => set(part, '1', json('{"id":7}'))).toThrow(expect.objectContaining({ code: 'usage' })),
  );

  it('is refused where it is no JSON', () =>
    expect(() => set('$.a', '1', json('a=1'))).toThrow(expect.objectContaining({ code: 'usage' })));

  it('form.x keeps the others as they are written', () =>
    expect(body(set('form.x', 'n&m', json('a=%41&x=1&b=+')))).toBe('a=%41&x=n%26m&b=+'));

  it('body is all of it', () => expect(body(set('body', 'é'))).toBe('é'));
});

describe('a text wherever it stands', () => {
  it('is another in address, head and body', () => {
    const after = set('text:old value', 'new&1', {
      method: 'POST',
      url: 'http://h.test/old%20value?q=old%20value',
      headers: [['X-A', 'is old value']],
      body: new Uint8Array(Buffer.from('{"a":"old value"}')),
    });
    expect(after.url).toBe('http://h.test/new%261?q=new%261');
    expect(after.headers).toEqual([['X-A', 'is new&1']]);
    expect(body(after)).toBe('{"a":"new&1"}');
  });

  it('leaves octets that are no text alone', () => {
    const octets = new Uint8Array([0xff, 0x61, 0xfe]);
    expect(set('text:a', 'b', request({ body: octets })).body).toEqual(new Uint8Array([0xff, 0x62, 0xfe]));
  });
});

it.each(['', 'x', 'query.', 'path.0', 'path.x', 'toString.a', 'text:', 'response.a'])(
  '%j is no part',
  (name) => expect(() => requestPart(name)).toThrow(expect.objectContaining({ code: 'usage' })),
);
