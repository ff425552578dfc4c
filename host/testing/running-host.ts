/** A whole host for tests, on free ports with a data folder that goes away, and a client of its contract. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FullSession } from '#model/session.ts';
import { record } from '#store/testing.ts';
import { createHost } from '../create-host.ts';
import type { Host, HostOptions } from '../host-options.ts';
import { openCapture } from '../open-capture.ts';
import { connectRpc, type RpcClient, splitAddress } from '../rpc/client.ts';
import { temporaryFolder } from './captures.ts';

export interface RunningHost extends AsyncDisposable {
  readonly host: Host;
  readonly client: RpcClient;
  /** Of the loopback server. */
  readonly origin: string;
  readonly token: string;
  readonly proxyPort: number;
  readonly folder: string;
  /** Asks the loopback server as a program does, with the token. */
  get(path: string, init?: RequestInit): Promise<Response>;
}

/** Starts one, on a capture that holds `sessions`. */
export async function runningHost(
  sessions: readonly FullSession[] = [],
  options: HostOptions = {},
): Promise<RunningHost> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder()).path;
  const capture = join(folder, 'test.sluice');
  if (sessions.length > 0) {
    await using store = await openCapture(capture, 'create');
    await record(store, ...sessions);
  }
  const workbench = join(folder, 'workbench');
  mkdirSync(workbench);
  writeFileSync(join(workbench, 'index.html'), '<!doctype html><title>Workbench</title>');
  const host = stack.use(
    await createHost({
      dataFolder: join(folder, 'data'),
      capture,
      port: 0,
      workbench,
      processLookup: false,
      ...options,
    }),
  );
  const client = stack.use(await connectRpc(host.uiAddress));
  const { origin, token } = splitAddress(host.uiAddress);
  const parts = stack.move();
  return {
    host,
    client,
    origin,
    token,
    proxyPort: Number(host.proxy.split(':').at(-1)),
    folder,
    get: (path, init = {}) =>
      fetch(`${origin}${path}`, {
        ...init,
        headers: { Authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** The first item of a stream that passes; the stream is then closed. */
export async function firstItem<T>(
  items: AsyncIterable<T>,
  passes: (item: T) => boolean = () => true,
): Promise<T> {
  for await (const item of items) if (passes(item)) return item;
  throw new Error('the stream ended without such an item');
}
