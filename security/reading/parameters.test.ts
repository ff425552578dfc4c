import { describe, expect, it } from 'vitest';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inputOf } from '../testing/run-check.ts';
import { isJsonBody, parameters } from './parameters.ts';

function read(overrides: SessionOverrides) {
  const input = inputOf(makeSession(overrides));
  const texts = {
    'request-head': input.requestHead,
    'response-head': input.responseHead,
    'request-body': input.request.text ?? '',
    'response-body': input.response.text ?? '',
  };
  return parameters(input).map(({ part, place, path, value, start, end }) => {
    return { part, place, path, value, stands: texts[part].slice(start, end) };
  });
}

const placed = (place: string, overrides: SessionOverrides) =>
  read(overrides)
    .filter((parameter) => parameter.place === place)
    .map(({ path, value, stands }) => [path, value, stands]);

describe('parameters', () => {
  it('come from the query, as they stand in the request line', () => {
    expect(placed('query', { url: 'https://a.test/x?q=%41&r=a b&s' })).toEqual([
      ['q', 'A', '%41'],
      ['r', 'a b', 'a b'],
    ]);
    expect(placed('query', { url: 'https://a.test/x', requestHeaders: [['X', '?a=b']] })).toEqual([]);
  });

  it('come from header fields and cookies', () => {
    const overrides: SessionOverrides = {
      requestHeaders: [
        ['X-Key', 'v: w'],
        ['Cookie', 'a=1; b=x=y'],
      ],
      responseHeaders: [['Set-Cookie', 'sid=abc; Path=/; HttpOnly']],
    };
    expect(placed('header', overrides).map(([name]) => name)).toEqual(['X-Key', 'Cookie', 'Set-Cookie']);
    expect(placed('header', overrides)[0]).toEqual(['X-Key', 'v: w', 'v: w']);
    expect(placed('cookie', overrides)).toEqual([
      ['a', '1', '1'],
      ['b', 'x=y', 'x=y'],
    ]);
    expect(placed('set-cookie', overrides)).toEqual([['sid', 'abc', 'abc']]);
  });

  it('come from forms of both kinds', () => {
    expect(
      placed('form', {
        requestHeaders: [['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']],
        requestBody: 'a=%41',
      }),
    ).toEqual([['a', 'A', '%41']]);
    expect(
      placed('form', {
        requestHeaders: [['Content-Type', 'multipart/form-data; boundary="B b"']],
        requestBody: '--B b\r\nContent-Disposition: form-data; name="x"\r\n\r\ny\r\n--B b--',
      }),
    ).toEqual([['x', 'y', 'y']]);
  });

  it.each([
    [[['Content-Type', 'application/json']]],
    [[['Content-Type', 'application/problem+json; charset=utf-8']]],
    [[['Content-Type', 'text/plain;charset=UTF-8']]],
    [[]],
  ] as [[string, string][]][])('come from JSON of the type %j', (responseHeaders) => {
    expect(placed('json', { responseHeaders, responseBody: ' {"a":{"b":"c"}}' })).toEqual([
      ['a.b', 'c', 'c'],
    ]);
  });

  it.each(['text/html', 'text/javascript', 'image/png', 'application/octet-stream'])(
    'do not come from %s',
    (type) => {
      const responseHeaders: [string, string][] = [['Content-Type', type]];
      expect(placed('json', { responseHeaders, responseBody: '{"a":"b"}' })).toEqual([]);
    },
  );

  it('are read once for all checks', () => {
    const input = inputOf(makeSession());
    expect(parameters(input)).toBe(parameters(input));
  });

  it('are not taken from text that is no JSON', () => {
    const { response } = inputOf(makeSession({ responseHeaders: [], responseBody: 'hello' }));
    expect(isJsonBody(response)).toBe(false);
  });
});
