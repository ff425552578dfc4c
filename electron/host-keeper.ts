/**
 * Keeps the one host of this program: starts it, exchanges it for one with another capture, hands it HAR files, closes it within a
 * bounded time. One thing after the other, so that quitting in the middle of an exchange still finds everything flushed.
 */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { HostOptions } from '#host/host-options.ts';
import { splitAddress } from '#host/rpc/client.ts';
import { SluiceError } from '#model/errors.ts';
import { originOf } from './addresses.ts';
import type { CreateShellHost, ShellHost } from './api.ts';

export interface HostKeeper {
  /** The workbench's origin while a host runs. */
  origin(): string | undefined;
  /** Starts the host; answers the address to load. Rejects with what `createHost` says. */
  start(capture?: string): Promise<string>;
  /**
   * Ends the present host and starts one that writes to `capture`; answers the address to load. When that fails, `failed` hears why and
   * a host with a new capture is started instead.
   */
  exchange(capture: string, failed: (error: unknown) => void): Promise<string>;
  /** Adds the sessions of a HAR file to the capture. @throws SluiceError as the host says, or `file-unreadable`. */
  importHar(path: string): Promise<void>;
  /** Ends the host, after what is under way, but waits no longer than `withinMs`. Never rejects. */
  close(withinMs: number): Promise<void>;
}

/** Keeps hosts made by `createHost` from `options`. */
export function createHostKeeper(createHost: CreateShellHost, options: HostOptions): HostKeeper {
  let host: ShellHost | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function afterLast<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function begin(capture?: string): Promise<string> {
    const { capture: first, ...rest } = options;
    const path = capture ?? first;
    host = await createHost(path === undefined ? rest : { ...rest, capture: path });
    return host.uiAddress;
  }

  async function end(): Promise<void> {
    const ending = host;
    host = undefined;
    await ending?.[Symbol.asyncDispose]();
  }

  return {
    origin: () => (host ? originOf(host.uiAddress) : undefined),
    start: (capture) => afterLast(() => begin(capture)),
    exchange: (capture, failed) =>
      afterLast(async () => {
        await end();
        try {
          return await begin(capture);
        } catch (error) {
          failed(error);
          const { capture: _, ...rest } = options;
          host = await createHost(rest);
          return host.uiAddress;
        }
      }),
    importHar: (path) => afterLast(() => sendHar(host, path)),
    async close(withinMs) {
      const timer = new AbortController();
      const ended = afterLast(end).catch(() => undefined);
      await Promise.race([ended, delay(withinMs, undefined, { signal: timer.signal })]);
      timer.abort();
    },
  };
}

async function openFile(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (cause) {
    throw new SluiceError('file-unreadable', `${path} cannot be read: check the path.`, { cause });
  }
}

const Refused = z.object({ message: z.string() });

async function sendHar(host: ShellHost | undefined, path: string): Promise<void> {
  if (!host) throw new SluiceError('internal', 'Nothing is running to import into: start Sluice again.');
  const { origin, token } = splitAddress(host.uiAddress);
  const body = await openFile(path);
  const answer = await fetch(`${origin}/api/import?${new URLSearchParams({ name: basename(path) })}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body,
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return;
  const message = Refused.safeParse(said).data?.message;
  throw new SluiceError(
    'bad-har',
    message ?? `${path} was not imported: it is no file of sessions that Sluice can read.`,
  );
}
