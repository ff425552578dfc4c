/** Messages that are not valid: refused with an answer that the client can read, recorded with what was received, and nothing forwarded. */
import { describe, expect, it } from 'vitest';
import { rawClient } from '../../testing/raw-client.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();
const CHUNKED = 'Transfer-Encoding: chunked\r\n';

/** Name (with the row's number), fields, body. */
const REQUESTS: readonly (readonly [string, string, string?])[] = [
  ...['+5', '0x5', '', '1,2', '-1', '99999999999999999999', '5 5', '5;'].map(
    (value) =>
      [`12 Content-Length ${JSON.stringify(value)}`, `Content-Length: ${value}\r\n`, 'hello'] as const,
  ),
  ['13 two lengths that differ', 'Content-Length: 5\r\nContent-Length: 6\r\n', 'hello!'],
  ['14 Content-Length and Transfer-Encoding', `Content-Length: 5\r\n${CHUNKED}`, '0\r\n\r\n'],
  ...['gzip', 'chunked, gzip', 'xchunked', ', chunked,x', 'chunked, chunked', '\x0bchunked', 'identity'].map(
    (value) =>
      [
        `15 Transfer-Encoding ${JSON.stringify(value)}`,
        `Transfer-Encoding: ${value}\r\n`,
        '0\r\n\r\n',
      ] as const,
  ),
  ['15 Transfer-Encoding twice', `${CHUNKED}${CHUNKED}`, '0\r\n\r\n'],
  ...['zz', '0x5', '-1', '5 x', ' 5', 'fffffffffffffffff', ''].map(
    (size) => [`17 chunk size ${JSON.stringify(size)}`, CHUNKED, `${size}\r\nhello\r\n0\r\n\r\n`] as const,
  ),
  ['17 chunk size with LF alone', CHUNKED, '5\nhello\r\n0\r\n\r\n'],
  ['17 chunk data without CRLF', CHUNKED, '5\r\nhelloX\r\n0\r\n\r\n'],
  ['30 obs-fold', 'X-Folded: a\r\n b\r\n'],
  ['31 white space before the colon', 'X-Space : a\r\n'],
  ['32 NUL in a value', 'X-Nul: a\0b\r\n'],
  ['33 bare CR in a field', 'X-Cr: a\rb\r\n'],
  ['33 bare LF as a line end', 'X-Lf: a\nX-Next: b\r\n'],
  ['42 two Hosts', 'Host: other.test\r\n'],
];

describe('requests', () => {
  it.each(REQUESTS)('%s', async (_name, fields, body = '') => {
    await using t = await talk(bench());
    t.client.write(request(t.url, fields, body, 'POST'));
    await t.client.until(/^HTTP\/1\.1 400 [^\r]*\r\n[\s\S]*\r\n\r\n[\s\S]*Sluice/);
    await t.client.closed;
    const { session } = await t.session();
    expect(session.row).toMatchObject({ state: 'failed', error: 'bad-request' });
    expect(session.row.method).toBe('POST');
    expect(session.failure?.detail).toMatch(/\w/);
    // Of a body that turned out bad the head may have been forwarded; never a whole request.
    expect(t.origin.received().toString('latin1')).not.toMatch(/0\r\n\r\n$/);
  });

  it.each([
    ['12 a bad length in a tunnel', 'Content-Length: x\r\n'],
    ['42 no Host in a tunnel', ''],
  ])('%s', async (name, fields) => {
    await using t = await talk(bench(), { tls: true });
    t.client.write(`GET /x HTTP/1.1\r\n${name.startsWith('42') ? '' : 'Host: localhost\r\n'}${fields}\r\n`);
    await t.client.until(/^HTTP\/1\.1 400 /);
    await t.client.closed;
    expect((await t.session()).session.row).toMatchObject({ error: 'bad-request', scheme: 'https' });
    expect(t.origin.received()).toHaveLength(0);
  });

  it('16 Transfer-Encoding on HTTP/1.0', async () => {
    await using t = await talk(bench());
    t.client.write(`POST ${t.url}/ HTTP/1.0\r\n${CHUNKED}\r\n0\r\n\r\n`);
    await t.client.until(/^HTTP\/1\.1 400 /);
    await t.client.closed;
    expect(t.origin.received()).toHaveLength(0);
  });

  it.each([
    ['33 bare CR in the request line', 'GET /a\rb HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['81 a method that is no token', 'G(T / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['43 a space in the target', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['72 HTTP/0.9', 'GET /\r\n\r\n', 400],
    ['72 a version that does not exist', 'GET / HTTP/3.7\r\nHost: a\r\n\r\n', 505],
    ['41 authority-form without CONNECT', 'GET localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['42 a Host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400],
  ])('%s', async (_name, text, status) => {
    await using proxy = await bench().start();
    await using client = await rawClient(proxy.port);
    client.write(text);
    await client.until(new RegExp(`^HTTP/1\\.1 ${status} `));
    await client.closed;
    expect((await proxy.sink.ended(1))[0]?.session.row.error).toBe('bad-request');
  });

  it('34 a head over the limit: 431 at 64 KB and 1,000 fields, one under it passes', async () => {
    await using t = await talk(bench());
    t.client.write(request(t.url, `X-Big: ${'x'.repeat(60_000)}\r\n`));
    expect(await t.client.until(/ok$/)).toMatch(/^HTTP\/1\.1 200 /);
    await using big = await rawClient(t.proxy.port);
    big.write(request(t.url, `X-Big: ${'x'.repeat(66_000)}\r\n`));
    await big.until(/^HTTP\/1\.1 431 /);
    await big.closed;
    await using many = await rawClient(t.proxy.port);
    many.write(request(t.url, 'A: b\r\n'.repeat(1001)));
    await many.until(/^HTTP\/1\.1 431 /);
    await many.closed;
  });

  it('35 a target of 8,000 octets passes; one over the limit gets 414', async () => {
    await using t = await talk(bench(), { engine: {} });
    const path = `/${'p'.repeat(8000)}`;
    t.client.write(request(t.url, '', '', 'GET', path));
    await t.client.until(/ok$/);
    expect(t.origin.received().toString('latin1')).toContain(`GET ${path} HTTP/1.1\r\n`);
    await using long = await rawClient(t.proxy.port);
    long.write(request(t.url, '', '', 'GET', `/${'p'.repeat(70_000)}`));
    await long.until(/^HTTP\/1\.1 4(?:14|31) /);
    await long.closed;
  });

  it('11 bytes after a request whose length they exceed are the next request, and bad ones end the connection', async () => {
    await using t = await talk(bench());
    t.client.write(request(t.url, 'Content-Length: 2\r\n', 'hiGARBAGE\r\n\r\n', 'POST'));
    await t.client.until(/ok[\s\S]*HTTP\/1\.1 400 /);
    await t.client.closed;
    expect(t.origin.received().toString('latin1')).not.toContain('GARBAGE');
  });
});

const RESPONSES: readonly (readonly [string, string])[] = [
  ...['+5', '0x5', '', '1,2', '-1', '99999999999999999999'].map(
    (value) =>
      [
        `12 response with Content-Length ${JSON.stringify(value)}`,
        `Content-Length: ${value}\r\n\r\nhello`,
      ] as const,
  ),
  ['13 response with two lengths that differ', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
  ['14 response with both lengths', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['30 response with obs-fold', 'X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n'],
  ['32 response with NUL in a value', 'X-Nul: a\0b\r\nContent-Length: 0\r\n\r\n'],
  ['33 response with bare CR', 'X-Cr: a\rb\r\nContent-Length: 0\r\n\r\n'],
];

describe('responses', () => {
  it.each(RESPONSES)('%s: 502', async (_name, rest) => {
    await using t = await talk(bench(), { answer: `HTTP/1.1 200 OK\r\n${rest}` });
    t.client.write(request(t.url));
    await t.client.until(/^HTTP\/1\.1 502 [\s\S]*Sluice/);
    expect((await t.session()).session.row).toMatchObject({ state: 'failed', error: 'bad-response' });
    // Its connection is not used again.
    t.client.write(request(t.url));
    await t.client.until(/502[\s\S]*HTTP\/1\.1 502 /);
    expect(t.origin.connections()).toBe(2);
  });

  it.each([
    [
      '16 Transfer-Encoding on an HTTP/1.0 response',
      'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['16 Transfer-Encoding on 204', 'HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['16 Transfer-Encoding on 103', 'HTTP/1.1 103 Early\r\nTransfer-Encoding: chunked\r\n\r\n'],
    [
      '23 101 without Upgrade asked',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
    ['34 a response head over the limit', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`],
  ])('%s: 502', async (_name, answer) => {
    await using t = await talk(bench(), { answer });
    t.client.write(request(t.url));
    await t.client.until(/^HTTP\/1\.1 502 /);
    expect((await t.session()).session.row.error).toBe('bad-response');
  });

  it.each(['gzip', 'chunked, gzip', 'xchunked'])(
    '15 response with Transfer-Encoding %s: read to the end',
    async (coding) => {
      await using t = await talk(bench(), {
        answer: (socket) =>
          void socket.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: ${coding}\r\n\r\nwhatever`),
      });
      t.client.write(request(t.url));
      await t.client.until(/whatever$/);
      await t.client.closed;
      expect((await t.session()).session.row).toMatchObject({ state: 'completed', responseBodySize: 8 });
    },
  );

  it.each([['zz\r\nhello\r\n0\r\n\r\n'], ['5\nhello\r\n0\r\n\r\n'], ['5\r\nhelloX\r\n0\r\n\r\n']])(
    '17 response with bad chunks %j: incomplete, cut',
    async (body) => {
      await using t = await talk(bench(), {
        answer: `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
      });
      t.client.write(request(t.url));
      await t.client.closed;
      expect(t.client.text()).not.toMatch(/\r\n0\r\n\r\n$/);
      const { session } = await t.session();
      expect(session.row.state).toBe('server-aborted');
      expect(session.response?.body.complete).toBe(false);
    },
  );

  it('31 white space before the colon of a response is taken out', async () => {
    await using t = await talk(bench(), {
      answer: 'HTTP/1.1 200 OK\r\nX-Space \t: a\r\nContent-Length: 2\r\n\r\nok',
    });
    t.client.write(request(t.url));
    expect(await t.client.until(/ok$/)).toContain('\r\nX-Space: a\r\n');
    expect((await t.session()).session.response?.head.raw).toContain('X-Space \t: a');
  });

  it('26 body bytes after 204, and 11 after the length, never become an answer', async () => {
    for (const first of ['HTTP/1.1 204 No\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok']) {
      await using t = await talk(bench(), {
        answer: (socket, received) =>
          void socket.write(
            received.includes('/2') ? OK : `${first}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`,
          ),
      });
      t.client.write(request(t.url, '', '', 'GET', '/1'));
      await t.client.until(/^HTTP\/1\.1 20\d [\s\S]*\r\n\r\n/);
      t.client.write(request(t.url, '', '', 'GET', '/2'));
      expect(await t.client.until(/20\d[\s\S]*HTTP\/1\.1 200 OK[\s\S]*ok$/)).not.toContain('evil');
      expect(t.origin.connections()).toBe(2);
    }
  });
});
