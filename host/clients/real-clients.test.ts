/** The whole way: a real curl through the real proxy, its name in the list, in filters and in what commands print. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { firstItem, runningHost } from '../testing/running-host.ts';
import { sluice } from '../testing/sluice.ts';

const curl = promisify(execFile);
const query = {
  filter: 'process=curl',
  order: { by: 'process', descending: false },
  offset: 0,
  limit: 10,
} as const;

describe.skipIf(process.platform !== 'linux')('a program on this machine', { timeout: 30_000 }, () => {
  it('is named by the sessions that came from it, each connection looked up beside the traffic', async () => {
    const answering = Promise.withResolvers<void>();
    // The first waits, so that a machine however slow has had time to look.
    await using origin = await httpOrigin(async (_, response) => {
      await answering.promise;
      response.end('{}');
    });
    const at = await runningHost([], { processLookup: true });
    const urls = ['/first', '/second'].map((path) => `${origin.url}${path}`);
    const done = curl('curl', [
      '-sS',
      '--noproxy',
      '',
      '--proxy',
      `http://127.0.0.1:${at.proxyPort}`,
      ...urls,
    ]);
    const meanwhile = await firstItem(
      at.client.open('sessions.watch', query),
      ({ rows }) => rows.length === 1,
    );
    expect(meanwhile.rows[0]).toMatchObject({ id: 1, process: 'curl', state: 'active' });
    answering.resolve();
    await done;
    await firstItem(
      at.client.open('sessions.watch', query),
      ({ rows }) => rows.filter(({ state }) => state === 'completed').length === 2,
    );
    await at.host.close();
    expect((await sluice('show', at.host.capture, '2')).out).toMatch(/\n {2}from curl \(process \d+\)\n/);
    expect((await sluice('list', at.host.capture, '--filter', 'process~^curl$')).err).toBe(
      '2 of 2 sessions\n',
    );
    expect((await sluice('stats', at.host.capture, '| count by process')).out).toMatch(/curl +2/);
    await at[Symbol.asyncDispose]();
  });

  it('is not asked for where nobody wants to know', async () => {
    await using origin = await httpOrigin((_, response) => response.end('{}'));
    const at = await runningHost();
    await curl('curl', ['-sS', '--noproxy', '', '--proxy', `http://127.0.0.1:${at.proxyPort}`, origin.url]);
    await at.host.close();
    const { row, facts } = JSON.parse((await sluice('show', at.host.capture, '1', '--json')).out);
    expect([row.state, row.process, facts.process]).toEqual(['completed', undefined, undefined]);
    await at[Symbol.asyncDispose]();
  });
});
