/** Messages that are not valid, from and to hosts on the lenient list: they pass as the octets that came, and the session says so. */
import { describe, expect, it } from 'vitest';
import { rawClient } from '../../testing/raw-client.ts';
import { OK, request, talk, wireBench } from './harness.ts';

const bench = wireBench();
const LENIENT = { protocol: { lenient: ['127.0.0.1', 'localhost'] } };
const CHUNKED = 'Transfer-Encoding: chunked\r\n';

const REQUESTS: readonly (readonly [string, string, string?])[] = [
  ['12 a length with a sign', 'Content-Length: +5\r\n', 'hello'],
  ['14 Content-Length and Transfer-Encoding', `Content-Length: 5\r\n${CHUNKED}`, '0\r\n\r\n'],
  ['15 a coding that is none', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'],
  ['30 obs-fold', 'X-Folded: a\r\n b\r\n'],
  ['31 white space before the colon', 'X-Space : a\r\n'],
  ['33 bare CR in a field', 'X-Cr: a\rb\r\n'],
  ['33 bare LF as a line end', 'X-Lf: a\nX-Next: b\r\n'],
];

describe('requests', () => {
  it.each(REQUESTS)('%s', async (_name, fields, body = '') => {
    await using t = await talk(bench(), { engine: LENIENT });
    const text = request(t.url, fields, body, 'POST', '/odd');
    t.client.write(text);
    await t.client.until(/^HTTP\/1\.1 200 OK\r\nContent-Length: 2\r\n\r\nok$/);
    expect(t.origin.received().toString('latin1')).toBe(text);
    t.client.socket.end();
    const { session, requestBody, responseBody } = await t.session();
    expect(session.row).toMatchObject({ state: 'completed', method: 'POST', path: '/odd', status: 200 });
    expect(session.facts.passedInvalid).toMatch(/^[a-z-]+ at byte \d+: \w/);
    expect(session.facts.serverAddress).toMatch(/^127/);
    expect(Buffer.from(requestBody).toString('latin1')).toBe(text);
    expect(Buffer.from(responseBody).toString('latin1')).toBe(OK);
  });

  it('12 in a tunnel with TLS, after a valid one on the same connection, octet by octet', async () => {
    await using t = await talk(bench(), { engine: LENIENT, tls: true });
    const bad = 'GET /2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n';
    t.client.write('GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await t.client.until(/ok$/);
    for (const octet of bad) {
      t.client.write(octet);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await t.client.until(/ok[\s\S]*ok$/);
    expect(t.origin.received(1).toString('latin1')).toBe(bad);
    t.client.socket.end();
    const [, second] = await t.proxy.sink.ended(2);
    expect(second?.session.row).toMatchObject({ scheme: 'https', path: '/2', state: 'completed' });
    expect(second?.session.facts).toMatchObject({ passedInvalid: expect.stringMatching(/content-length/) });
  });

  it('17 a chunk size that is none: what came before is delimited anew, the rest passes', async () => {
    await using t = await talk(bench(), {
      engine: LENIENT,
      answer: (socket, received) => {
        if (received.includes('0x5')) socket.write(OK);
      },
    });
    t.client.write(request(t.url, CHUNKED, '2\r\nhi\r\n', 'POST'));
    while (!t.origin.received().includes('hi')) await new Promise((resolve) => setTimeout(resolve, 5));
    t.client.write('0x5\r\n\r\nhello');
    await t.client.until(/ok$/);
    expect(t.origin.received().toString('latin1')).toMatch(/\r\n\r\n2\r\nhi\r\n0x5\r\n\r\nhello$/);
    t.client.socket.end();
    const { session } = await t.session();
    expect(session.row).toMatchObject({ state: 'completed', status: 200 });
    expect(session.facts.passedInvalid).toMatch(/chunk/);
  });

  it('12 a host that is not on the list is refused as ever, and so is one where the proxy asks for credentials', async () => {
    for (const engine of [
      { protocol: { lenient: ['other.test', '127.0.0.1:1'] } },
      { ...LENIENT, inbound: { credentials: { username: 'a', password: 'b' } } },
    ]) {
      await using t = await talk(bench(), { engine });
      t.client.write(request(t.url, 'Content-Length: +5\r\n', 'hello', 'POST'));
      await t.client.until(/^HTTP\/1\.1 400 /);
      await t.client.closed;
      expect(t.origin.connections()).toBe(0);
    }
  });

  it('12 a lenient host that is down: the client is told', async () => {
    await using t = await talk(bench(), { engine: LENIENT });
    await t.origin[Symbol.asyncDispose]();
    t.client.write(request(t.url, 'Content-Length: +5\r\n', 'hello', 'POST'));
    await t.client.until(/^HTTP\/1\.1 502 [\s\S]*Sluice/);
    await t.client.closed;
    const { session, requestBody } = await t.session();
    expect(session.row).toMatchObject({ state: 'failed', error: 'refused' });
    expect(requestBody.length).toBeGreaterThan(0);
  });

  it('1 a slow head is slow, and no reason to pass it on', async () => {
    await using t = await talk(bench(), { engine: { ...LENIENT, timeouts: { clientHead: 100 } } });
    t.client.write(`GET ${t.url}/ HTTP/1.1\r\nHo`);
    await t.client.until(/^HTTP\/1\.1 408 /);
    await t.client.closed;
    expect(t.origin.connections()).toBe(0);
  });
});

const RESPONSES: readonly (readonly [string, string])[] = [
  ['12 response with a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok'],
  ['14 response with both', `HTTP/1.1 200 OK\r\nContent-Length: 5\r\n${CHUNKED}\r\n2\r\nok\r\n0\r\n\r\n`],
  ['16 response in HTTP/1.0 with chunks', `HTTP/1.0 200 OK\r\n${CHUNKED}\r\n2\r\nok\r\n0\r\n\r\n`],
  ['30 response with obs-fold', 'HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\nok'],
  ['32 response with NUL', 'HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 2\r\n\r\nok'],
  ['33 response with bare CR', 'HTTP/1.1 200 OK\r\nX-Cr: a\rb\r\nContent-Length: 2\r\n\r\nok'],
];

describe('responses', () => {
  it.each(RESPONSES)('%s', async (_name, answer) => {
    for (const tls of [false, true]) {
      await using t = await talk(bench(), { engine: LENIENT, answer, tls });
      t.client.write(tls ? 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n' : request(t.url));
      await t.client.until(/ok(\r\n0\r\n\r\n)?$/);
      expect(t.client.text()).toBe(answer);
      t.client.socket.end();
      const { session, responseBody } = await t.session();
      expect(session.row).toMatchObject({ state: 'completed', status: 200, kind: 'http' });
      expect(session.facts.passedInvalid).toMatch(/ at byte /);
      expect(Buffer.from(responseBody).toString('latin1')).toBe(answer);
    }
  });

  it('17 response with bad chunks goes on as it came, and ends as the origin ends it', async () => {
    await using t = await talk(bench(), {
      engine: LENIENT,
      answer: (socket) => void socket.end(`HTTP/1.1 200 OK\r\n${CHUNKED}\r\n2\r\nhi\r\n-5\r\nhello`),
    });
    t.client.write(request(t.url));
    await t.client.until(/\r\n\r\n2\r\nhi\r\n-5\r\nhello$/);
    t.client.socket.end();
    const { session } = await t.session();
    expect(session.row).toMatchObject({ state: 'completed', status: 200 });
    expect(session.facts.passedInvalid).toMatch(/chunk/);
  });

  it('12 an answer that is bad before the upload is over is refused: the rest of it would go on in the middle of nowhere', async () => {
    await using t = await talk(bench(), {
      engine: LENIENT,
      answer: 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n',
    });
    t.client.write(request(t.url, 'Content-Length: 10\r\n', 'half', 'POST'));
    await t.client.until(/^HTTP\/1\.1 502 /);
    expect((await t.session()).session.row).toMatchObject({ state: 'failed', error: 'bad-response' });
  });
});

it('30 a refused message is kept with every octet that came, pipelined or in pieces', async () => {
  await using t = await talk(bench());
  const bad = `GET ${t.url}/bad HTTP/1.1\r\nHost: x\r\nX-Folded: a\r\n b\r\n\r\nrest`;
  t.client.write(request(t.url) + bad);
  await t.client.until(/ok[\s\S]*HTTP\/1\.1 400 /);
  await using slow = await rawClient(t.proxy.port);
  for (const octet of bad) {
    slow.write(octet);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await slow.until(/^HTTP\/1\.1 400 /);
  const [, pipelined, inPieces] = await t.proxy.sink.ended(3);
  expect(Buffer.from(pipelined?.requestBody ?? []).toString('latin1')).toBe(bad);
  expect(Buffer.from(inPieces?.requestBody ?? []).toString('latin1')).toMatch(/^GET .* b\r\n\r\n/s);
  expect(inPieces?.session.row).toMatchObject({ method: 'GET', path: '/bad', error: 'bad-request' });
});
