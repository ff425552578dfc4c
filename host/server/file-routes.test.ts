import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { type RunningHost, runningHost } from '../testing/running-host.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost(
    [1, 2, 3].map((id) => makeSession({ id, status: id === 2 ? 404 : 200, responseBody: `{"n":${id}}` })),
  );
});
afterAll(() => at[Symbol.asyncDispose]());

const urls = async (query: string) => {
  const har = (await (await at.get(`/api/export${query}`)).json()) as {
    log: { entries: { request: { url: string } }[] };
  };
  return har.log.entries.map(({ request }) => request.url.split('/').at(-1));
};
const upload = (body: string) =>
  at.get('/api/import', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });

describe('an export over HTTP', () => {
  it('is of all sessions, of those that pass, or of those named', async () => {
    expect(await urls('')).toEqual(['1', '2', '3']);
    expect(await urls('?filter=status:404')).toEqual(['2']);
    expect(await urls('?ids=3,1')).toEqual(['3', '1']);
    expect(await urls('?ids=99')).toEqual([]);
  });

  it('is a download under a name', async () => {
    const { headers } = await at.get('/api/export?format=har&download=mine.har&ids=1');
    expect(headers.get('content-disposition')).toContain('mine.har');
    const { headers: unnamed } = await at.get('/api/export?ids=1');
    expect(unnamed.get('content-disposition')).toContain('sluice.har');
  });

  it('is of any format', async () => {
    const response = await at.get('/api/export?format=saz&ids=2');
    expect(response.headers.get('content-type')).toBe('application/x-fiddler-session-archive');
    expect(response.headers.get('content-disposition')).toContain('sluice.saz');
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 2)).toBe('PK');
    expect((await at.get('/api/export?format=pdf')).status).toBe(400);
  });

  it.each(['?ids=x', '?ids=', '?ids=1,-2', '?ids=1.5', '?filter=status:>'])('refuses %s', async (query) => {
    expect((await at.get(`/api/export${query}`)).status).toBe(400);
  });
});

describe('an import over HTTP', () => {
  it('adds sessions under new numbers, after those of live traffic', async () => {
    const har = await (await at.get('/api/export?ids=1,2')).text();
    const response = await upload(har);
    expect([response.status, await response.json()]).toMatchObject([200, { imported: 2, format: 'har' }]);
    const { ids } = await at.client.call('sessions.ids', {
      filter: 'source:import',
      order: { by: 'id', descending: false },
      offset: 0,
      limit: 10,
    });
    expect(ids).toEqual([4, 5]);
  });

  it('takes any format, by what is in the file, and its password', async () => {
    const { id } = await at.client.call('exports.start', {
      ids: [1, 3],
      format: 'saz',
      password: 'ge\u00e4heim',
    });
    const saz = await (await at.get(`/api/export?job=${id}&download=a.saz`)).arrayBuffer();
    const send = (password?: string) =>
      at.get('/api/import?name=a.saz', {
        method: 'POST',
        body: saz,
        headers: {
          'Content-Type': 'application/json',
          ...(password === undefined ? {} : { 'X-Sluice-Password': encodeURIComponent(password) }),
        },
      });
    expect(await (await send()).json()).toMatchObject({ code: 'password' });
    expect(await (await send('falsch')).json()).toMatchObject({ code: 'password' });
    expect(await (await send('ge\u00e4heim')).json()).toMatchObject({
      format: 'saz',
      imported: 2,
      losses: { sessions: 2, lossy: 0 },
    });
    const unknown = await at.get('/api/import?name=x.png', {
      method: 'POST',
      body: 'PNG',
      headers: { 'Content-Type': 'application/json' },
    });
    expect([unknown.status, await unknown.json()]).toMatchObject([400, { code: 'unknown-format' }]);
  });

  it('S1: refuses what is no HAR', async () => {
    const response = await upload('{"log":{"entries":[{');
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'bad-har' }]);
  });

  it('C1: takes nothing that a form could send', async () => {
    const response = await at.get('/api/import', {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(response.status).toBe(415);
  });
});
