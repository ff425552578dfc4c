import { describe, expect, it } from 'vitest';
import { echoOrigin } from '#proxy-core/testing/echo-origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { firstItem, runningHost } from '../testing/running-host.ts';
import { connectRpc } from './client.ts';

describe('breaks.*', () => {
  it('pauses what passes the filter, and goes on as it is told', async () => {
    await using at = await runningHost();
    await using origin = await echoOrigin();
    await at.client.call('breaks.set', { breakpoints: [{ filter: 'path:/stop', at: 'request' }] });
    const states = at.client.open('breaks.watch', {});
    expect((await states.next()).value).toMatchObject({
      breakpoints: [{ filter: 'path:/stop' }],
      paused: [],
    });
    const asked = viaProxy({
      proxyPort: at.proxyPort,
      url: `${origin.url}/stop`,
      method: 'POST',
      body: 'text',
    });
    let item: number | undefined;
    for await (const state of states) {
      item = state.paused[0]?.id;
      if (item !== undefined) break;
    }
    // Leaving the loop has let it go.
    expect((await asked).status).toBe(200);
    expect(await at.client.call('breaks.resolve', { id: item ?? 0, resolution: { kind: 'drop' } })).toEqual({
      resolved: false,
    });
    await expect(at.client.call('breaks.get', { id: item ?? 0 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('gives the body, and takes edits', async () => {
    await using at = await runningHost();
    await using origin = await echoOrigin();
    await at.client.call('breaks.set', { breakpoints: [{ filter: '', at: 'request' }] });
    const states = at.client.open('breaks.watch', {});
    await states.next();
    const asked = viaProxy({
      proxyPort: at.proxyPort,
      url: `${origin.url}/a`,
      method: 'POST',
      body: 'text',
    });
    let id = 0;
    while (id === 0) id = (await states.next()).value?.paused[0]?.id ?? 0;
    const item = await at.client.call('breaks.get', { id });
    expect(item).toMatchObject({ at: 'request', method: 'POST', url: `${origin.url}/a` });
    expect(Buffer.from(item.content ?? []).toString()).toBe('text');
    const content = new Uint8Array(Buffer.from('edited text'));
    expect(
      await at.client.call('breaks.resolve', { id, resolution: { kind: 'go', method: 'PUT', content } }),
    ).toEqual({ resolved: true });
    await asked;
    expect(origin.received[0]).toMatchObject({ method: 'PUT', bodySize: 11 });
    await states.return(undefined);
  });

  it('lets everything go when the last window is gone, even without a word', async () => {
    await using at = await runningHost();
    await using origin = await echoOrigin();
    await at.client.call('breaks.set', { breakpoints: [{ filter: '', at: 'both' }] });
    const other = await connectRpc(at.host.uiAddress);
    const states = other.open('breaks.watch', {});
    await states.next();
    const asked = viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/a` });
    await firstItem(states, ({ paused }) => paused.length > 0).catch(() => undefined);
    await other.close();
    expect((await asked).status).toBe(200);
    // Nobody is there: nothing is paused.
    expect((await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/b` })).status).toBe(200);
  });

  it('refuses a filter that cannot be read', async () => {
    await using at = await runningHost();
    await expect(
      at.client.call('breaks.set', { breakpoints: [{ filter: 'hots:a', at: 'request' }] }),
    ).rejects.toMatchObject({ code: 'filter-syntax' });
    expect(await at.client.call('breaks.releaseAll', {})).toEqual({ released: 0 });
  });
});
