import { describe, expect, it } from 'vitest';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { eventStream, inputOf, shownBy, websocket } from '../testing/run-check.ts';
import { isJsonBody, parameters } from './parameters.ts';

function read(overrides: SessionOverrides) {
  const full = makeSession(overrides);
  return parameters(inputOf(full)).map((parameter) => {
    const stands = shownBy(parameter.evidence, full);
    expect(parameter.raw).toBe(stands);
    return { ...parameter, stands };
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

  it('come from JSON in messages, whatever frames it, and say whose they are', () => {
    const overrides = websocket([
      ['sent', '42/chat,7["login",{"user":"Zoë","password":"x1"}]'],
      ['received', '{"a":"b"}\u001e{"c":"d"}\u001e'],
      ['sent', 'hello {"a":"b"}'],
    ]);
    const messages = read(overrides).filter(({ evidence }) => evidence.part === 'message');
    expect(messages.map(({ path, value, side, evidence }) => [evidence.message, side, path, value])).toEqual([
      [0, 'request', '[0]', 'login'],
      [0, 'request', '[1].user', 'Zoë'],
      [0, 'request', '[1].password', 'x1'],
      [1, 'response', 'a', 'b'],
      [1, 'response', 'c', 'd'],
    ]);
    expect(messages[2]?.stands).toBe('x1');
  });

  it('come from the events of a stream once, as recorded or as they stand in the body', () => {
    const body = 'event: x\ndata: {"a":"b"}\n\ndata: ping\n\n';
    const paths = (overrides: SessionOverrides) =>
      read(overrides)
        .filter(({ place }) => place === 'json')
        .map(({ path, stands, evidence }) => [path, stands, evidence.part]);
    expect(paths(eventStream(body))).toEqual([['a', 'b', 'response-body']]);
    expect(paths(eventStream(body, ['{"a":"b"}', 'ping']))).toEqual([['a', 'b', 'message']]);
  });

  it('belong to the client or to the server', () => {
    const all = read({
      url: 'https://a.test/x?q=1',
      requestHeaders: [['Cookie', 'a=1']],
      responseBody: '{"b":"c"}',
    });
    expect(all.map(({ path, side }) => [path, side])).toEqual([
      ['q', 'request'],
      ['Cookie', 'request'],
      ['a', 'request'],
      ['Content-Type', 'response'],
      ['b', 'response'],
    ]);
  });

  it('are read once for all checks', () => {
    const input = inputOf(makeSession());
    expect(parameters(input)).toBe(parameters(input));
  });

  it('are not taken from text that is no JSON', () => {
    const { response } = inputOf(makeSession({ responseHeaders: [], responseBody: 'hello' }));
    expect(isJsonBody(response)).toBe(false);
  });
});

it('reads elements of XML that hold text alone, and arguments of GraphQL, with their ranges', () => {
  const said = (type: string, body: string) => {
    const full = makeSession({ method: 'POST', requestHeaders: [['Content-Type', type]], requestBody: body });
    return parameters(inputOf(full)).flatMap(({ name, value, evidence }) =>
      evidence.part === 'request-body' ? [[name, value, body.slice(evidence.start, evidence.end)]] : [],
    );
  };
  expect(said('text/xml', '<s:a><user>mia</user><p:pass x="1">q</p:pass><b/></s:a>')).toEqual([
    ['user', 'mia', 'mia'],
    ['pass', 'q', 'q'],
  ]);
  const query = JSON.stringify({ query: 'mutation { login(user: "mia", password: "x y") { ok } }' });
  expect(said('application/json', query).slice(1)).toEqual([
    ['user', 'mia', 'mia'],
    ['password', 'x y', 'x y'],
  ]);
});
