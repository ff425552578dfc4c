import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { changedHeaders, changer } from './outgoing.ts';

const made = (
  change: Parameters<typeof changer>[0],
  overrides: SessionOverrides = {},
  varied: readonly string[] = [],
  values: readonly string[] = [],
) => {
  const { session, requestBody } = makeSession({ id: 3, url: 'https://api.test/a?b=1', ...overrides });
  return changer(change, varied).request(session, new Uint8Array(requestBody), values);
};
const HEADERS: HeaderPair[] = [
  ['Host', 'api.test'],
  ['If-None-Match', '"x"'],
  ['If-Modified-Since', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['If-Unknown', 'stays'],
  ['Content-Length', '2'],
];

describe('a request that is sent again', () => {
  it('is what was recorded, its length left to the engine', () =>
    expect(made({}, { requestHeaders: HEADERS, method: 'PUT', requestBody: 'hi' })).toEqual({
      method: 'PUT',
      url: 'https://api.test/a?b=1',
      headers: HEADERS.slice(0, 4),
      body: new Uint8Array(Buffer.from('hi')),
      source: 'replay',
      parentId: 3,
    }));

  it('asks without conditions where that is wanted', () =>
    expect(made({ unconditional: true }, { requestHeaders: HEADERS }).headers).toEqual([
      ['Host', 'api.test'],
      ['If-Unknown', 'stays'],
    ]));

  it('goes to another origin, whose Host it then names', () => {
    const moved = made({ origin: 'http://127.0.0.1:81' }, { requestHeaders: HEADERS });
    expect(moved.url).toBe('http://127.0.0.1:81/a?b=1');
    expect(moved.headers.map(([name]) => name)).not.toContain('Host');
  });

  it.each(['x', 'ftp://a', 'http://a/b', 'http://a/?b'])('refuses %j as an origin', (origin) =>
    expect(() => made({ origin })).toThrow(expect.objectContaining({ code: 'bad-url' })),
  );

  it('goes by HTTP/2 where that was spoken, over TLS', () => {
    expect(made({}, { httpVersion: 'HTTP/2.0' }).httpVersion).toBe('HTTP/2.0');
    expect(made({ origin: 'http://a.test' }, { httpVersion: 'HTTP/2.0' }).httpVersion).toBeUndefined();
  });

  it('has parts set, fixed ones before those that vary', () => {
    const request = made(
      { parts: [{ part: 'query.b', value: '2' }] },
      {},
      ['query.b', 'query.c'],
      ['3', '4'],
    );
    expect(request.url).toBe('https://api.test/a?b=3&c=4');
  });

  it('wants its body decoded where something in it changes, and says so no more', () => {
    expect(changer({}, ['query.a']).decodes).toBe(false);
    expect(changer({}, ['$.a']).decodes).toBe(true);
    const request = made({ body: new Uint8Array([1]) }, { requestHeaders: [['Content-Encoding', 'gzip']] });
    expect(request).toMatchObject({ headers: [], body: new Uint8Array([1]) });
  });
});

describe('headers that are changed', () => {
  const headers: HeaderPair[] = [
    ['A', '1'],
    ['B', '2'],
    ['b', '3'],
    ['C', '4'],
  ];

  it('are replaced where they stood, their repeats gone, whatever their case', () => {
    expect(changedHeaders(headers, [['b', 'x']])).toEqual([
      ['A', '1'],
      ['b', 'x'],
      ['C', '4'],
    ]);
  });

  it('may become several, and new ones come last', () => {
    expect(
      changedHeaders(headers, [
        ['B', 'x'],
        ['D', '5'],
        ['B', 'y'],
      ]),
    ).toEqual([
      ['A', '1'],
      ['B', 'x'],
      ['B', 'y'],
      ['C', '4'],
      ['D', '5'],
    ]);
  });

  it('stay when nothing changes', () => expect(changedHeaders(headers, [])).toEqual(headers));
});
