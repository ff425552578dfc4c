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
