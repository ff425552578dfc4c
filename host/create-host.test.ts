import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { createHost, DEFAULT_PORT } from './create-host.ts';
import { readHostFile } from './host-file.ts';
import { inCapture, temporaryFolder } from './testing/captures.ts';
import { firstItem, runningHost } from './testing/running-host.ts';

async function taken(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await Promise.race([once(server, 'listening'), once(server, 'error')]);
  const { port: got = port } = (server.address() ?? {}) as { port?: number };
  return {
    port: got,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a host', () => {
  it('records what goes through its proxy, checks it, and says how much when it closes', async () => {
    await using origin = await httpOrigin((_, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.end('{"card":"4111 1111 1111 1111"}');
    });
    const at = await runningHost();
    for (const path of ['/a', '/b']) await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}${path}` });
    const { host, client } = at;
    // Closing does not wait long for checks; here they are waited for.
    await firstItem(
      client.open('app.status', {}),
      ({ checks }) => checks.checked === 2 && checks.waiting === 0,
    );
    expect(await host.close()).toBe(2);
    expect(await host.close()).toBe(2);
    await inCapture(host.capture, async (store) => {
      expect((await store.get(2))?.row).toMatchObject({ path: '/b', state: 'completed', findings: 1 });
    });
    expect(host.checkNotices()).toEqual([]);
    await at[Symbol.asyncDispose]();
  });

  it('says where it is to commands, for as long as it runs', async () => {
    const at = await runningHost();
    expect(await readHostFile(at.host.capture)).toEqual({ pid: process.pid, address: at.host.uiAddress });
    await at.host.close();
    expect(await readHostFile(at.host.capture)).toBeUndefined();
    await at[Symbol.asyncDispose]();
  });

  it('makes a capture of its own in its data folder, when none is named', async () => {
    using folder = temporaryFolder();
    await using host = await createHost({ dataFolder: folder.path, port: 0 });
    expect(host.capture.startsWith(join(folder.path, 'captures'))).toBe(true);
    expect(existsSync(host.caFile)).toBe(true);
    expect(statSync(join(folder.path, 'authority')).mode & 0o777).toBe(0o700);
  });

  it('goes on numbering where the capture left off', async () => {
    await using origin = await httpOrigin((_, response) => response.end());
    await using at = await runningHost([makeSession({ id: 41 })]);
    await viaProxy({ proxyPort: at.proxyPort, url: origin.url });
    await at.host.close();
    await inCapture(at.host.capture, async (store) => {
      expect((await store.get(42))?.row.url).toBe(`${origin.url}/`);
    });
  });

  it('takes the next free port when its own is taken, and says so', async () => {
    using folder = temporaryFolder();
    await using _ = await taken(DEFAULT_PORT);
    await using host = await createHost({ dataFolder: folder.path });
    expect(Number(host.proxy.split(':')[1])).toBeGreaterThan(DEFAULT_PORT);
    expect(host.notices).toEqual([expect.stringContaining(`Port ${DEFAULT_PORT} is taken`)]);
  });
});

describe('a host that cannot start says why, and leaves nothing open:', () => {
  const start = (change: object) => {
    const folder = temporaryFolder();
    const made = createHost({ dataFolder: join(folder.path, 'data'), port: 0, ...change });
    return made.finally(() => folder[Symbol.dispose]());
  };

  it('a port that was asked for and is taken', async () => {
    await using other = await taken(0);
    await expect(start({ port: other.port })).rejects.toMatchObject({ code: 'port-in-use' });
    await expect(start({ uiPort: other.port })).rejects.toMatchObject({ code: 'port-in-use' });
  });

  it('an engine that there is not', async () => {
    await expect(start({ engine: 'nonsense' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('authorities that cannot be read, or are none', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'ca.pem');
    await expect(start({ upstreamCaFiles: [file] })).rejects.toMatchObject({ code: 'file-unreadable' });
    writeFileSync(file, 'hello');
    await expect(start({ upstreamCaFiles: [file] })).rejects.toMatchObject({
      code: 'file-unreadable',
      message: expect.stringContaining('no PEM certificate'),
    });
  });

  it('a capture that is none, which stays as it is', async () => {
    using folder = temporaryFolder();
    const capture = join(folder.path, 'x.sluice');
    writeFileSync(capture, 'hello');
    await expect(start({ capture })).rejects.toMatchObject({ code: expect.stringMatching(/^capture-/) });
    expect(readdirSync(folder.path)).toEqual(['x.sluice']);
  });

  it('a capture that another is writing', async () => {
    await using at = await runningHost();
    await expect(start({ capture: at.host.capture })).rejects.toMatchObject({ code: 'capture-in-use' });
  });
});
