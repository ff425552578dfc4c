/** The tree and the timeline over the contract of a real host, with live traffic through its proxy. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { firstItem, type RunningHost, runningHost } from '../testing/running-host.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost([
    makeSession({
      id: 1,
      url: 'https://api.test/orders/1',
      startedAt: 1000,
      status: 200,
      responseBody: 'needle',
    }),
    makeSession({ id: 2, url: 'https://api.test/orders/2', startedAt: 2000, status: 404 }),
    makeSession({ id: 3, url: 'https://cdn.test/logo.png', startedAt: 3000, status: 200 }),
  ]);
});
afterAll(() => at[Symbol.asyncDispose]());

describe('the tree', () => {
  it('tells hosts, what is below open places, and how many pass filters', async () => {
    const params = { open: [{ host: 'api.test', path: ['orders'] }], counts: ['host:cdn', 'body:needle'] };
    const { levels, counts } = await firstItem(
      at.client.open('tree.watch', params),
      ({ counting }) => !counting,
    );
    expect(
      levels.map(({ branches }) => branches.map(({ name, sessions, errors }) => [name, sessions, errors])),
    ).toEqual([
      [
        ['api.test', 2, 1],
        ['cdn.test', 1, 0],
      ],
      [['{id}', 2, 1]],
    ]);
    expect(counts).toEqual([1, 1]);
  });

  it('refuses what is no filter', async () => {
    const items = at.client.open('tree.watch', { open: [], counts: ['host:('] });
    await expect(firstItem(items)).rejects.toMatchObject({ code: 'filter-syntax' });
  });
});

describe('the timeline', () => {
  it('is of what passes, or of a range', async () => {
    const all = await firstItem(
      at.client.open('timeline.watch', { filter: 'host:api.test', spans: 21 }),
      ({ counting }) => !counting,
    );
    expect(all).toMatchObject({ extent: { first: 1000, last: 3000 }, start: 1000, width: 200 });
    expect(all.fine.indexOf(1)).toBe(0);
    expect(all.refused.indexOf(1)).toBe(5);
    const range = { filter: 'body:needle', from: 990, to: 1010, spans: 20 };
    const part = await firstItem(at.client.open('timeline.watch', range), ({ counting }) => !counting);
    expect(part).toMatchObject({ start: 990, width: 2 });
    expect(part.fine.indexOf(1)).toBe(5);
  });
});

it('both follow live traffic', async () => {
  await using origin = await httpOrigin((_, response) => response.end('{}'));
  const tree = firstItem(
    at.client.open('tree.watch', { open: [], counts: [] }),
    ({ levels }) => levels[0]?.branches.some(({ name }) => name === new URL(origin.url).host) === true,
  );
  const timeline = firstItem(
    at.client.open('timeline.watch', { filter: 'path:/live', spans: 10 }),
    ({ fine }) => fine.some((count) => count > 0),
  );
  await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/live` });
  expect((await tree).levels[0]?.branches).toHaveLength(3);
  expect((await timeline).fine.reduce((a, b) => a + b)).toBe(1);
});
