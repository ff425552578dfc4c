import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawOrigin, reply } from '../../testing/raw-origin.ts';
import { type Surroundings, surroundings } from '../contract-tests/bench-engine.ts';
import { readRaw } from './raw-send.ts';
import { createWireEngine } from './wire-engine.ts';

const octets = (text: string) => Buffer.from(text, 'latin1');

describe('octets read as far as they can be', () => {
  it('are a head and a body where they are a request', () => {
    const { head, body, fault } = readRaw(
      octets('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi'),
    );
    expect(head).toMatchObject({
      method: 'POST',
      target: '/a',
      headers: [
        ['Host', 'x'],
        ['Content-Length', '2'],
      ],
    });
    expect(body.toString()).toBe('hi');
    expect(fault).toBeUndefined();
  });

  it.each([
    ['GET / HTTP/1.1\r\nHost : x\r\n\r\n', /colon/],
    ['GET / HTTP/1.1\nHost: x\n\n', /line/i],
    [
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /Content-Length/,
    ],
    ['GET / HTTP/1.1\r\nHost: x\r\n', /ended inside/],
    ['', /no whole request/],
    ['\0\u00ff', /./],
  ])('say what is wrong with %j', (text, fault) => expect(readRaw(octets(text)).fault).toMatch(fault));
});

describe('octets sent as they are', () => {
  let at: Surroundings;
  beforeAll(async () => {
    at = await surroundings(createWireEngine);
  });
  afterAll(() => at[Symbol.asyncDispose]());

  const send = async (proxy: Awaited<ReturnType<Surroundings['start']>>, url: string, text: string) => {
    const id = await proxy.engine.sendRaw?.({ url, octets: octets(text), source: 'composer' });
    return proxy.sink.find(({ row }) => row.id === id && row.state !== 'active');
  };
  const SMUGGLED = 'POST /a?b HTTP/1.1\r\nHost : x\r\nX:  two \r\nContent-Length: 5\r\n\r\nhello';

  it.each([[false], [true]])('reach the origin octet by octet, TLS: %s', async (tls) => {
    await using proxy = await at.start();
    await using origin = await rawOrigin({
      onRequest: reply('HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno!'),
      ...(tls ? { tls: at.tls } : {}),
    });
    const { session, requestBody, responseBody } = await send(proxy, origin.url, SMUGGLED);
    expect(origin.received().toString('latin1')).toBe(SMUGGLED);
    expect(session).toMatchObject({
      row: { method: 'POST', url: `${origin.url}/a?b`, status: 400, state: 'completed', source: 'composer' },
      facts: { passedInvalid: expect.stringContaining('colon') },
    });
    expect(session.request.head.raw).toContain('Host : x\r\nX:  two ');
    expect(Buffer.from(requestBody).toString()).toBe('hello');
    expect(Buffer.from(responseBody).toString()).toBe('no!');
  });

  it('keep an answer that is no HTTP, and say so', async () => {
    await using proxy = await at.start();
    await using origin = await rawOrigin({ onRequest: reply('SSH-2.0-x\r\n\r\n', true) });
    const { session, responseBody } = await send(proxy, origin.url, 'GET / HTTP/1.1\r\n\r\n');
    expect(session.failure).toMatchObject({ code: 'bad-response' });
    expect(Buffer.from(responseBody).toString()).toContain('SSH-2.0-x');
  });

  it('have no answer where the origin hangs up, or is not there', async () => {
    await using proxy = await at.start();
    await using origin = await rawOrigin({ onRequest: (socket) => void socket.end() });
    expect((await send(proxy, origin.url, 'GET / HTTP/1.1\r\n\r\n')).session.failure?.code).toBe('reset');
    expect((await send(proxy, 'http://127.0.0.1:1', 'x')).session.failure?.code).toBe('refused');
  });

  it('refuse an address that is none', async () => {
    await using proxy = await at.start();
    await expect(send(proxy, 'nowhere', 'x')).rejects.toMatchObject({ code: 'bad-url' });
  });
});
