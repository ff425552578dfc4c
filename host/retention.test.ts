/** What the running program keeps, drops and misses: real traffic through the proxy, a limit set while it runs, a disk that is full. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { temporaryFolder } from './testing/captures.ts';
import { firstItem, runningHost } from './testing/running-host.ts';
import { sluice } from './testing/sluice.ts';

const LONG = 'x'.repeat(200_000);

describe('a host with limits', () => {
  it('leaves long bodies out, says so everywhere, and takes other limits while it runs', async () => {
    await using origin = await httpOrigin((request, response) =>
      response.end(request.url === '/long' ? LONG : 'short'),
    );
    const at = await runningHost([], { retention: { dropBodiesOver: 100_000 } });
    let path: string;
    try {
      path = at.host.capture;
      const get = async (url: string) =>
        (await viaProxy({ proxyPort: at.proxyPort, url: origin.url + url })).body.toString();
      // The client has all of it.
      expect(await get('/long')).toBe(LONG);
      for (let i = 0; i < 5; i++) expect(await get(`/${i}`)).toBe('short');
      const status = await firstItem(
        at.client.open('app.status', {}),
        ({ losses }) => losses.droppedBodies === 1,
      );
      expect(status).toMatchObject({
        retention: { dropBodiesOver: 100_000 },
        losses: { droppedBodies: 1, droppedBytes: LONG.length, droppedSessions: 0, missed: 0 },
      });
      const session = await firstItem(
        at.client.open('sessions.get', { id: 1 }),
        ({ row }) => row.state !== 'active',
      );
      expect(session.response?.body).toEqual({ size: LONG.length, complete: true, dropped: true });
      const { data, total } = await at.client.call('sessions.body', {
        id: 1,
        side: 'response',
        decoded: false,
        start: 0,
        end: 100,
      });
      expect([data.length, total]).toEqual([0, LONG.length]);

      await at.client.call('sessions.annotate', { ids: [2], mark: 1 });
      await at.client.call('app.setRetention', { keepLast: 3 });
      await firstItem(
        at.client.open('app.status', {}),
        ({ losses, sessions }) => losses.droppedSessions === 3 && sessions === 3,
      );
      const order = { by: 'id', descending: false } as const;
      expect((await at.client.call('sessions.ids', { filter: '', order, offset: 0, limit: 10 })).ids).toEqual(
        [2, 5, 6],
      );
      await expect(at.client.call('app.setRetention', { keepLast: 0 })).rejects.toMatchObject({
        code: 'bad-request',
      });
      expect((await sluice('list', path, '--json')).out.split('\n')).toHaveLength(4);
      await get('/long');
      const kept = await firstItem(
        at.client.open('sessions.get', { id: 7 }),
        ({ row }) => row.state !== 'active',
      );
      expect(kept.response?.body.dropped).toBeUndefined();
    } finally {
      await at[Symbol.asyncDispose]();
    }
  });

  it('shows a dropped body for what it is on the command line', async () => {
    using folder = temporaryFolder();
    await using origin = await httpOrigin((_, response) => response.end(LONG));
    const capture = join(folder.path, 'a.sluice');
    {
      await using at = await runningHost([], { capture, retention: { dropBodiesOver: 10 } });
      await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/x` });
    }
    const { out } = await sluice('show', capture, '1');
    expect(out).toContain('dropped: the capture was told to leave it out');
    expect((await sluice('show', capture, '1', '--response-body')).out).toBe('');
    expect((await sluice('verify', capture)).code).toBe(0);
  });
});

describe('a host on a full disk', () => {
  it('forwards on, says what it misses, and records again when there is room', async ({ skip }) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return skip('only root may mount on Linux');
    using folder = temporaryFolder();
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch {
      return skip('mount refuses');
    }
    using _ = { [Symbol.dispose]: () => void execFileSync('umount', [disk], { stdio: 'pipe' }) };
    await using origin = await httpOrigin((request, response) =>
      response.end(`${request.url}${'y'.repeat(400_000)}`),
    );
    const ballast = join(disk, 'ballast');
    await using at = await runningHost([], { capture: join(disk, 'a.sluice') });
    let asked = 0;
    const get = async () => {
      asked += 1;
      const { body } = await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/${asked}` });
      expect(body.toString()).toBe(`/${asked}${'y'.repeat(400_000)}`);
    };
    await get();
    writeFileSync(ballast, Buffer.alloc(46 * 1024 * 1024));
    const status = () => firstItem(at.client.open('app.status', {}));
    while ((await status()).losses.paused === undefined) {
      if (asked > 60) throw new Error('the disk does not run full');
      await get();
    }
    // Traffic passes all the same, and is counted.
    for (let i = 0; i < 5; i++) await get();
    const { losses } = await firstItem(at.client.open('app.status', {}), (now) => now.losses.missed >= 5);
    expect(losses.paused).toContain('cannot be written');
    rmSync(ballast);
    await firstItem(at.client.open('app.status', {}), (now) => now.losses.paused === undefined);
    const before = (await status()).sessions;
    await get();
    const after = await firstItem(
      at.client.open('app.status', {}),
      (now) => now.sessions === before + 1 && now.active === 0,
    );
    expect(after.losses.missed).toBeGreaterThanOrEqual(5);
    expect(after.sessions + after.losses.missed).toBe(asked);
  });
});
