import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Host } from '../host-options.ts';
import { inCapture, temporaryFolder } from '../testing/captures.ts';
import { runHost } from './run-host.ts';

const MAIN = fileURLToPath(new URL('./main.mjs', import.meta.url));

/** The program as a process of its own, ready. */
async function started(data: string) {
  const child = spawn(process.execPath, [MAIN, 'record', '--json', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ready = JSON.parse(String((await lines.next()).value));
  return { child, ready, lines };
}

describe('a running host', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends at %s with everything on disk, soon', async (signal) => {
    using folder = temporaryFolder();
    const { child, ready, lines } = await started(folder.path);
    const began = performance.now();
    child.kill(signal);
    expect(JSON.parse(String((await lines.next()).value))).toEqual({ event: 'stopped', sessions: 0 });
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    // 2 s are promised; a busy machine starts slowly what ends.
    expect(performance.now() - began).toBeLessThan(6000);
    await inCapture(ready.capture, async (store) => expect((await store.totals()).sessions).toBe(0));
  });

  it('is over when its window says so, and what the window opened is gone before it', async () => {
    using folder = temporaryFolder();
    const order: string[] = [];
    let host: Host | undefined;
    const listeners = process.listenerCount('SIGINT');
    const code = await silent(() =>
      runHost({ port: 0, data: folder.path, json: true }, async (given, stop) => {
        host = given;
        order.push('open');
        queueMicrotask(stop);
        return {
          [Symbol.asyncDispose]: async () => {
            order.push(given.checkNotices().length === 0 ? 'closed' : 'late');
          },
        };
      }),
    );
    expect([code, order]).toEqual([0, ['open', 'closed']]);
    expect(await host?.close()).toBe(0);
    expect(process.listenerCount('SIGINT')).toBe(listeners);
  });
});

/** Without what it writes for programs. */
async function silent<T>(work: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
