import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EchoOrigin, echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { type RunningHost, runningHost } from '../testing/running-host.ts';

let at: RunningHost;
let origin: EchoOrigin;
beforeAll(async () => {
  [at, origin] = await Promise.all([runningHost(), echoOrigin()]);
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const request = (change = {}) => ({
  method: 'POST',
  url: `${origin.url}/a`,
  headers: [['X-Mine', 'Yes']] as [string, string][],
  body: new Uint8Array(Buffer.from('hello')),
  source: 'composer' as const,
  ...change,
});

describe('composer.send', () => {
  it('sends what was written, and makes it a session', async () => {
    const { id } = await at.client.call('composer.send', request());
    const states = await Array.fromAsync(at.client.open('sessions.get', { id }));
    expect(states.at(-1)?.row).toMatchObject({
      id,
      method: 'POST',
      source: 'composer',
      state: 'completed',
      status: 200,
    });
    expect(states.at(-1)?.row).not.toHaveProperty('parentId');
    expect(origin.received.at(-1)).toMatchObject({ method: 'POST' });
    expect(origin.received.at(-1)?.headers).toContainEqual(['X-Mine', 'Yes']);
  });

  it('remembers what it repeats', async () => {
    const { id } = await at.client.call('composer.send', request({ source: 'replay', parentId: 1 }));
    const last = (await Array.fromAsync(at.client.open('sessions.get', { id }))).at(-1);
    expect(last?.row).toMatchObject({ source: 'replay', parentId: 1 });
  });

  it('makes a session also of what gets no answer', async () => {
    const { id } = await at.client.call('composer.send', request({ url: 'http://127.0.0.1:1/' }));
    const last = (await Array.fromAsync(at.client.open('sessions.get', { id }))).at(-1);
    expect(last?.row).toMatchObject({ state: 'failed', error: 'refused' });
  });

  it.each([
    [{ url: 'nonsense' }, 'bad-url'],
    [{ url: 'ftp://a.test/' }, 'bad-url'],
    [{ method: 'G ET' }, 'bad-request'],
    [{ headers: [['X', 'a\r\nY: b']] }, 'bad-header'],
  ])('refuses what cannot be put on the wire: %j', async (change, code) => {
    await expect(at.client.call('composer.send', request(change))).rejects.toMatchObject({ code });
  });

  it('P2: does not reach the workbench’s own port', async () => {
    const { id } = await at.client.call('composer.send', request({ url: `${at.origin}/api/export` }));
    const last = (await Array.fromAsync(at.client.open('sessions.get', { id }))).at(-1);
    expect(last?.row).toMatchObject({ error: 'own-address' });
  });
});

describe('composer.sendRaw', () => {
  const octets = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

  it('sends octets as they are, and says what in them is not valid', async () => {
    const text = `GET /raw?x HTTP/1.1\r\nHost: x\r\nX-Odd:   two blanks \r\n\r\n`;
    const { id } = await at.client.call('composer.sendRaw', {
      url: origin.url,
      octets: octets(text),
      parentId: 1,
    });
    const last = (await Array.fromAsync(at.client.open('sessions.get', { id }))).at(-1);
    expect(last?.row).toMatchObject({ source: 'composer', parentId: 1, status: 200, path: '/raw?x' });
    expect(last?.facts).not.toHaveProperty('passedInvalid');
    const bad = await at.client.call('composer.sendRaw', {
      url: origin.url,
      octets: octets('GET /\r\n\r\n'),
    });
    const answer = (await Array.fromAsync(at.client.open('sessions.get', { id: bad.id }))).at(-1);
    expect(answer?.facts.passedInvalid).toEqual(expect.any(String));
  });

  it('refuses an address that is none', async () => {
    const send = at.client.call('composer.sendRaw', { url: 'nowhere', octets: octets('x') });
    await expect(send).rejects.toMatchObject({ code: 'bad-url' });
  });
});

it('composer.send speaks HTTP/2 where it is asked to and the server does not refuse it', async () => {
  const { id } = await at.client.call('composer.send', request({ httpVersion: 'HTTP/2.0' }));
  const last = (await Array.fromAsync(at.client.open('sessions.get', { id }))).at(-1);
  // The origin speaks HTTP/1.1 alone, and is asked in that.
  expect(last?.row).toMatchObject({ status: 200, httpVersion: 'HTTP/2.0' });
  expect(last?.facts.serverHttpVersion).toBe('HTTP/1.1');
});
