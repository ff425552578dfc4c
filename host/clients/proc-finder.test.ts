import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { procFinder } from './proc-finder.ts';

describe.skipIf(process.platform !== 'linux')('the processes of this machine', () => {
  it('are found by their connections', async () => {
    await using finder = procFinder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    const address = `127.0.0.1:${client.localPort}`;
    const found = await finder.find([address, '127.0.0.1:1']);
    expect([...found.keys()]).toEqual([address]);
    expect(found.get(address)).toEqual({ name: basename(process.execPath), id: process.pid });
    client.destroy();
    server.close();
    await once(server, 'close');
  });
});

it('ends its thread when nobody asks, and begins another when somebody does', async () => {
  await using finder = procFinder(1);
  for (let time = 0; time < 3; time += 1) {
    const ended = vi.spyOn(Worker.prototype, 'terminate');
    expect(await finder.find(['127.0.0.1:1'])).toEqual(new Map());
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
    ended.mockRestore();
  }
});

it('ends, and then says so', async () => {
  const finder = procFinder();
  const asked = finder.find([]).catch((error: Error) => error.message);
  await finder[Symbol.asyncDispose]();
  expect([new Map(), 'nobody looks for processes any more']).toContainEqual(await asked);
  await expect(finder.find([])).rejects.toThrow('nobody looks');
});
