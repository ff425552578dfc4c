import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { runningHost } from './testing/running-host.ts';

describe('cells of columns that people make', () => {
  it('are what the sessions have of headers, cookies, parameters and JSON bodies', async () => {
    await using at = await runningHost([
      makeSession({
        id: 1,
        url: 'https://a.test/x?page=2&page=3',
        requestHeaders: [
          ['X-Request-Id', 'r-1'],
          ['Cookie', 'sid=abc; theme=dark'],
        ],
        responseHeaders: [['Content-Type', 'application/json']],
        responseBody: '{"user":{"id":7}}',
      }),
      makeSession({ id: 2, url: 'https://a.test/y', responseBody: 'x'.repeat(1000) }),
    ]);
    const fields = ['reqheader:x-request-id', 'cookie:theme', 'query:page', 'json:$.user.id'];
    const { cells } = await at.client.call('sessions.cells', { ids: [2, 1, 99], fields });
    expect(cells).toEqual([
      { id: 2, texts: ['', '', '', ''] },
      { id: 1, texts: ['r-1', 'dark', '2, 3', '7'] },
    ]);
    const long = await at.client.call('sessions.cells', { ids: [2], fields: ['resbody'] });
    expect(long.cells[0]?.texts[0]).toHaveLength(300);
    await expect(at.client.call('sessions.cells', { ids: [1], fields: ['hots'] })).rejects.toMatchObject({
      code: 'filter-syntax',
    });
  });
});
