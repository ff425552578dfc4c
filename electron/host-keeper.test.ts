import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostOptions } from '#host/host-options.ts';
import { SluiceError } from '#model/errors.ts';
import type { CreateShellHost } from './api.ts';
import { createHostKeeper } from './host-keeper.ts';

/** Hosts that only say what happens to them. `refuse` names a capture that cannot be opened. */
function fakeHosts(steer: { refuse?: string; closing?: Promise<void> } = {}) {
  const log: string[] = [];
  const given: HostOptions[] = [];
  const createHost: CreateShellHost = async (options) => {
    given.push(options);
    const port = 4000 + given.length;
    if (options.capture !== undefined && options.capture === steer.refuse) {
      throw new SluiceError('capture-damaged', 'Damaged.');
    }
    log.push(`start ${port}`);
    return {
      uiAddress: `http://127.0.0.1:${port}/#token=t`,
      async [Symbol.asyncDispose]() {
        await steer.closing;
        log.push(`end ${port}`);
      },
    };
  };
  return { createHost, given, log };
}

const unexpected = (error: unknown) => {
  throw error;
};

describe('the one host', () => {
  it('has an origin while it runs', async () => {
    const { createHost, given, log } = fakeHosts();
    const keeper = createHostKeeper(createHost, { port: 0, capture: '/first.sluice' });
    expect(keeper.origin()).toBeUndefined();
    expect(await keeper.start()).toBe('http://127.0.0.1:4001/#token=t');
    expect(keeper.origin()).toBe('http://127.0.0.1:4001');
    await keeper.close(1000);
    expect(keeper.origin()).toBeUndefined();
    expect(given).toEqual([{ port: 0, capture: '/first.sluice' }]);
    expect(log).toEqual(['start 4001', 'end 4001']);
  });

  it('starts with the capture that was opened rather than the one in the options', async () => {
    const { createHost, given } = fakeHosts();
    await createHostKeeper(createHost, { capture: '/a.sluice', port: 1 }).start('/b.sluice');
    expect(given).toEqual([{ capture: '/b.sluice', port: 1 }]);
  });

  it('rejects as the host does', async () => {
    const { createHost } = fakeHosts({ refuse: '/a.sluice' });
    const keeper = createHostKeeper(createHost, {});
    await expect(keeper.start('/a.sluice')).rejects.toMatchObject({ code: 'capture-damaged' });
    await keeper.close(1000);
  });

  it('is over before the next one begins, because both want the same port', async () => {
    const { createHost, given, log } = fakeHosts();
    const keeper = createHostKeeper(createHost, { port: 8866 });
    await keeper.start();
    expect(await keeper.exchange('/b.sluice', unexpected)).toBe('http://127.0.0.1:4002/#token=t');
    expect(log).toEqual(['start 4001', 'end 4001', 'start 4002']);
    expect(given[1]).toEqual({ port: 8866, capture: '/b.sluice' });
  });

  it('is replaced by one with a new capture when the wanted one cannot be opened', async () => {
    const { createHost, given } = fakeHosts({ refuse: '/bad.sluice' });
    const keeper = createHostKeeper(createHost, { port: 0, capture: '/first.sluice' });
    await keeper.start();
    const failures: unknown[] = [];
    await keeper.exchange('/bad.sluice', (error) => failures.push(error));
    expect(failures).toEqual([expect.objectContaining({ code: 'capture-damaged' })]);
    expect(given.at(-1)).toEqual({ port: 0 });
    expect(keeper.origin()).toBe('http://127.0.0.1:4003');
  });
});

describe('closing', () => {
  it('waits for an exchange that is under way, and ends what came of it', async () => {
    const { createHost, log } = fakeHosts();
    const keeper = createHostKeeper(createHost, {});
    void keeper.start();
    void keeper.exchange('/b.sluice', unexpected);
    await keeper.close(1000);
    expect(log).toEqual(['start 4001', 'end 4001', 'start 4002', 'end 4002']);
  });

  it('waits no longer than it is told', async () => {
    const gate = Promise.withResolvers<void>();
    const { createHost, log } = fakeHosts({ closing: gate.promise });
    const keeper = createHostKeeper(createHost, {});
    await keeper.start();
    const began = performance.now();
    await keeper.close(30);
    expect(performance.now() - began).toBeGreaterThanOrEqual(25);
    expect(log).toEqual(['start 4001']);
    gate.resolve();
  });

  it('is nothing without a host', async () => {
    await createHostKeeper(fakeHosts().createHost, {}).close(1000);
  });
});

describe('importing a HAR file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-keeper-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function importing(status: number, answer: string) {
    const got: string[] = [];
    const server = createServer(async (request, response) => {
      const { method, url, headers } = request;
      got.push(
        `${method} ${url}`,
        `${headers.authorization}`,
        `${headers['content-type']}`,
        await text(request),
      );
      response.writeHead(status).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const keeper = createHostKeeper(
      async () => ({
        uiAddress: `http://127.0.0.1:${port}/#token=secret`,
        async [Symbol.asyncDispose]() {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        },
      }),
      {},
    );
    await keeper.start();
    return { keeper, got };
  }

  it('sends it to the host as a program does, with the token', async () => {
    const { keeper, got } = await importing(200, '{"imported":1}');
    const file = join(folder, 'a.har');
    await writeFile(file, '{"log":{}}');
    await keeper.importHar(file);
    await keeper.close(1000);
    expect(got).toEqual(['POST /api/import?name=a.har', 'Bearer secret', 'application/json', '{"log":{}}']);
  });

  it('passes the host’s reason on', async () => {
    const { keeper } = await importing(400, '{"code":"bad-har","message":"Entry 3 has no request."}');
    const file = join(folder, 'a.har');
    await writeFile(file, '{}');
    await expect(keeper.importHar(file)).rejects.toMatchObject({
      code: 'bad-har',
      message: 'Entry 3 has no request.',
    });
    await keeper.close(1000);
  });

  it('says when there is no file, and when there is no host', async () => {
    const { keeper, got } = await importing(200, '{}');
    const missing = join(folder, 'none.har');
    await expect(keeper.importHar(missing)).rejects.toMatchObject({ code: 'file-unreadable' });
    await keeper.close(1000);
    expect(got).toEqual([]);
    await expect(keeper.importHar(missing)).rejects.toMatchObject({ code: 'internal' });
  });
});
