/** The rows of conformance where versions matter, in every pair of which one is HTTP/2. */
import { describe, expect, it } from 'vitest';
import { type HeaderPair, type Headers, headerValue, headerValues } from '#model/headers.ts';
import { wireBench } from './harness.ts';
import { type Answer, PAIRS, versions } from './http2-versions-bench.ts';

const bench = wireBench();
const OK: Answer = { status: 200, fields: [['content-length', '2']], body: 'ok' };
const names = (fields: Headers) => fields.map(([name]) => name.toLowerCase());

describe.each(PAIRS)('%s', (pair) => {
  const between = (answer: Answer, options = {}) => versions(bench(), pair, answer, options);
  const toHttp1 = pair.endsWith('1.1');

  it('both versions and both stream ids are in the session, and what was offered', async () => {
    await using t = await between(OK);
    await t.ask();
    const [recorded] = await t.proxy.sink.ended(1);
    const { row, facts } = recorded?.session ?? {};
    expect(row?.httpVersion).toBe(pair.startsWith('2') ? 'HTTP/2.0' : 'HTTP/1.1');
    expect(facts).toMatchObject({
      serverHttpVersion: toHttp1 ? 'HTTP/1.1' : 'HTTP/2.0',
      clientTls: { alpnOffered: pair.startsWith('2') ? ['h2', 'http/1.1'] : ['http/1.1'] },
      serverTls: toHttp1
        ? { alpnOffered: ['h2', 'http/1.1'] }
        : { alpn: 'h2', alpnOffered: pair.startsWith('2') ? ['h2', 'http/1.1'] : ['h2'] },
    });
    expect(facts?.clientStream).toBe(pair.startsWith('2') ? 1 : undefined);
    expect(facts?.serverStream).toBe(toHttp1 ? undefined : 1);
  });

  it('27 28 29 36 order, duplicates and octets of a request', async () => {
    await using t = await between(OK);
    const fields: HeaderPair[] = [
      ['x-b', '2'],
      ['x-a', 'caf\xe9\xff'],
      ['x-b', '1'],
      ['cookie', 'a=1'],
      ['cookie', 'b=2'],
    ];
    await t.ask({ path: '//a/./b/../c%00?x={}|', fields });
    const [asked] = t.asked();
    expect(asked).toMatchObject({ method: 'GET', path: '//a/./b/../c%00?x={}|' });
    const own = asked?.fields.filter(([name]) => /^(x-|cookie)/i.test(name)) ?? [];
    // RFC 9113 §8.2.3: crumbs are joined where HTTP/1.1 goes on.
    const expected = pair === '2 to 1.1' ? [...fields.slice(0, 3), ['cookie', 'a=1; b=2']] : fields;
    expect(own.map(([name, value]) => [name.toLowerCase(), value])).toEqual(expected);
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.request.head.headers).toContainEqual(['x-a', 'caf\xe9\xff']);
  });

  it('27 28 29 36 37 78 order, duplicates and octets of an answer', async () => {
    const fields: HeaderPair[] = [
      ['date', 'Thu, 01 Jan 1970 00:00:00 GMT'],
      ['set-cookie', 'a=1'],
      ['x-text', '\xe9\xff'],
      ['set-cookie', 'b=2'],
      ['content-encoding', 'br, gzip'],
      ['content-length', '7'],
    ];
    await using t = await between({ status: 200, fields, body: '\x1f\x8bbytes' });
    const given = await t.ask();
    const own = given.headers.map(([name, value]): HeaderPair => [name.toLowerCase(), value]);
    expect(own.filter(([name]) => name !== 'connection')).toEqual(fields);
    expect(given.body).toBe('\x1f\x8bbytes');
  });

  it('39 44 Host and authority say the same, and fields of one connection end here', async () => {
    await using t = await between(OK);
    const hop: HeaderPair[] = [
      ['proxy-authorization', 'Basic eDp5'],
      ['te', 'trailers'],
      ['x-kept', '1'],
    ];
    const old: HeaderPair[] = [
      ['Keep-Alive', '5'],
      ['Proxy-Connection', 'keep-alive'],
    ];
    await t.ask({ fields: pair.startsWith('2') ? hop : [...hop, ...old] });
    const [asked] = t.asked();
    const authority = `localhost:${t.origin.port}`;
    expect(headerValue(asked?.fields ?? [], toHttp1 ? 'host' : ':authority')).toBe(authority);
    expect(headerValues(asked?.fields ?? [], 'host')).toHaveLength(toHttp1 ? 1 : 0);
    expect(headerValue(asked?.fields ?? [], 'te')?.toLowerCase()).toBe('trailers');
    expect(names(asked?.fields ?? [])).toContain('x-kept');
    for (const gone of ['proxy-authorization', 'keep-alive', 'proxy-connection']) {
      expect(names(asked?.fields ?? [])).not.toContain(gone);
    }
  });

  it('19 trailers both ways, but for fields that frame or authenticate', async () => {
    const trailers: HeaderPair[] = [
      ['x-sum', '7'],
      ['grpc-status', '0'],
      ['authorization', 'no'],
    ];
    await using t = await between({ status: 200, body: 'ok', trailers });
    const given = await t.ask({
      method: 'POST',
      body: 'hello',
      fields: [['te', 'trailers']],
      trailers: [
        ['x-check', '1'],
        ['content-length', '9'],
      ],
    });
    expect(given).toMatchObject({ status: 200, body: 'ok', whole: true });
    expect(given.trailers).toEqual([
      ['x-sum', '7'],
      ['grpc-status', '0'],
    ]);
    const [asked] = t.asked();
    expect(asked).toMatchObject({ body: 'hello', whole: true, trailers: [['x-check', '1']] });
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.response?.trailers).toEqual(trailers);
  });

  it('22 interim answers pass in order, and each is recorded', async () => {
    await using t = await between({
      ...OK,
      interim: [
        [102, []],
        [103, [['link', '</a>; rel=preload']]],
      ],
    });
    expect(await t.ask()).toMatchObject({ status: 200, body: 'ok', interim: [102, 103], whole: true });
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.informational.map(({ status, headers }) => [status, headers])).toEqual([
      [102, []],
      [103, [['link', '</a>; rel=preload']]],
    ]);
  });

  it('25 HEAD keeps its Content-Length and has no body', async () => {
    await using t = await between({ status: 200, fields: [['content-length', '500']] });
    const given = await t.ask({ method: 'HEAD' });
    expect(given).toMatchObject({ status: 200, body: '', whole: true });
    expect(headerValue(given.headers, 'content-length')).toBe('500');
  });

  it.each([204, 304])('26 %i has no body', async (status) => {
    await using t = await between({ status, fields: [['etag', '"x"']] });
    expect(await t.ask()).toMatchObject({ status, body: '', whole: true });
    const [recorded] = await t.proxy.sink.ended(1);
    expect(recorded?.session.row).toMatchObject({ state: 'completed', responseBodySize: 0 });
  });

  it.each([301, 302, 307])('77 %i is not followed', async (status) => {
    await using t = await between({
      status,
      fields: [
        ['location', '/elsewhere'],
        ['content-length', '0'],
      ],
    });
    const given = await t.ask();
    expect([given.status, headerValue(given.headers, 'location')]).toEqual([status, '/elsewhere']);
    expect(t.asked()).toHaveLength(1);
  });

  it.each(['get', 'PROPFIND', 'X-Cu$tom!', 'PRI'])('81 the method %j', async (method) => {
    await using t = await between(OK);
    expect((await t.ask({ method })).status).toBe(200);
    expect(t.asked()[0]?.method).toBe(method);
  });

  it('76 ranges and their answers', async () => {
    await using t = await between({
      status: 206,
      fields: [
        ['content-range', 'bytes 0-1/10'],
        ['content-length', '2'],
      ],
      body: 'ok',
    });
    const given = await t.ask({
      fields: [
        ['range', 'bytes=0-1'],
        ['if-range', '"x"'],
      ],
    });
    expect([given.status, headerValue(given.headers, 'content-range')]).toEqual([206, 'bytes 0-1/10']);
    expect(headerValue(t.asked()[0]?.fields ?? [], 'range')).toBe('bytes=0-1');
  });

  it('45 Via is added when asked for', async () => {
    await using t = await between(OK, {
      protocol: { via: true, http2: pair === '2 to 1.1' ? 'always' : 'mirror' },
    });
    const given = await t.ask();
    expect(headerValue(given.headers, 'via')).toBe(`${toHttp1 ? '1.1' : '2.0'} sluice`);
    expect(headerValue(t.asked()[0]?.fields ?? [], 'via')).toBe(
      `${pair.startsWith('2') ? '2.0' : '1.1'} sluice`,
    );
  });

  it('46 Max-Forwards counts down', async () => {
    await using t = await between(OK);
    await t.ask({ method: 'OPTIONS', fields: [['max-forwards', '3']] });
    expect(headerValue(t.asked()[0]?.fields ?? [], 'max-forwards')).toBe('2');
  });

  it('41 OPTIONS of the server itself', async () => {
    await using t = await between(OK);
    await t.ask({ method: 'OPTIONS', path: '*' });
    expect(t.asked()[0]).toMatchObject({ method: 'OPTIONS', path: '*' });
  });

  it('bodies larger than a frame', async () => {
    const large = 'x'.repeat(10_000);
    await using t = await between({ status: 200, body: large });
    const upload = 'y'.repeat(300_000);
    const given = await t.ask({ method: 'POST', body: upload });
    expect(given.body).toBe(large);
    expect(given).toMatchObject({ status: 200, whole: true });
  });

  describe('an answer that breaks off never looks whole', () => {
    const CUTS: Readonly<Record<string, Answer>> = {
      '7 a reset, with a length': {
        status: 200,
        fields: [['content-length', '10']],
        body: 'part',
        cut: 'reset',
      },
      '7 a reset, without a length': { status: 200, body: 'part', cut: 'reset' },
      '10 the end of the connection, with a length': {
        status: 200,
        fields: [['content-length', '10']],
        body: 'part',
        cut: 'end',
      },
      '17 the end of the connection, without a length': { status: 200, body: 'part', cut: 'end' },
      '7 a reset after the head': { status: 200, fields: [['content-length', '10']], cut: 'reset' },
    };
    it.each(Object.entries(CUTS))('%s', async (_name, answer) => {
      await using t = await between(answer);
      const given = await t.ask();
      expect(given.whole).toBe(false);
      const [recorded] = await t.proxy.sink.ended(1);
      expect(recorded?.session.row).toMatchObject({ state: 'server-aborted', error: 'origin-gone' });
      expect(recorded?.session.response?.body).toEqual({ complete: false, size: answer.body?.length ?? 0 });
      expect(recorded?.responseBody.toString()).toBe(answer.body ?? '');
    });
  });
});
