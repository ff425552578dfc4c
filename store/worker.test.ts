/** The worker in a program that is killed again and again: what ended long enough before is there, and the capture opens. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import { indexPath } from './database.ts';
import { openCapture } from './open-capture.ts';
import type { FromWorker } from './protocol.ts';
import { SEGMENT_BYTES } from './segments.ts';
import { ask, record, temporaryFolder } from './testing.ts';

/** What must be on disk however the program ends. */
const DURABLE_MS = 250;

const bodyOf = (id: number) => `body of ${id}, `.repeat((id % 40) + 1);

/**
 * Records thousands of sessions a second, leaves every tenth open, gives every seventh messages, and prints `id time` after each twenty:
 * these have ended by then.
 */
const PROGRAM = `
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openCapture } from '${new URL('./open-capture.ts', import.meta.url)}';
import { eventsOf, makeSession } from '${new URL('../proxy-core/testing/session-factory.ts', import.meta.url)}';
const bodyOf = ${bodyOf};
const store = await openCapture(process.argv[2], 'write');
for (let id = store.lastSessionId + 1; ; id++) {
  const state = id % 10 === 0 ? 'active' : 'completed';
  const data = new TextEncoder().encode('message of ' + id);
  const messages = id % 7 === 0 ? [{ direction: 'sent', at: id, opcode: 1, data }] : [];
  for (const event of eventsOf(makeSession({ id, responseBody: bodyOf(id), state, messages }))) {
    if (!store.write(event)) await store.drained();
  }
  if (id % 20 === 0) {
    writeSync(1, id + ' ' + Date.now() + '\\n');
    await delay(1);
  }
}
`;

/** All sessions up to `id` but the open ones had ended at this time. */
interface Ended {
  readonly id: number;
  readonly at: number;
}

/** Runs the program until it has ended `count` sessions and some time has passed, then kills it. */
async function runAndKill(
  program: string,
  path: string,
  count: number,
): Promise<{ ended: Ended[]; killedAt: number }> {
  const child = spawn(process.execPath, [program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let killedAt = 0;
  let begun = 0;
  for await (const chunk of child.stdout) {
    output += String(chunk);
    begun ||= Date.now();
    const lines = output.split('\n').length;
    if (killedAt === 0 && lines > count && Date.now() - begun > 2 * DURABLE_MS) {
      killedAt = Date.now();
      child.kill('SIGKILL');
    }
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  // The last line may be half written.
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  const ended = lines.map((line) => {
    const [id = 0, at = 0] = line.split(' ').map(Number);
    return { id, at };
  });
  return { ended, killedAt };
}

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'a.sluice');
});
afterEach(() => folder[Symbol.dispose]());

describe('after kill -9', () => {
  it('everything that ended 250 ms before is there, time after time', async () => {
    const program = join(folder.path, 'program.mjs');
    writeFileSync(program, PROGRAM);
    let last = 0;
    for (const count of [5, 50, 150]) {
      const { ended, killedAt } = await runAndKill(program, path, count);
      const due = ended.filter(({ at }) => at < killedAt - DURABLE_MS);
      expect(due.length).toBeGreaterThan(0);

      {
        await using reader = await openCapture(path, 'read');
        const ids = new Set(await reader.ids(ask('state:completed', { limit: 1e6 })));
        const until = due.at(-1)?.id ?? 0;
        const missing: number[] = [];
        for (let id = last + 1; id <= until; id++) if (id % 10 !== 0 && !ids.has(id)) missing.push(id);
        expect(missing).toEqual([]);
      }
      // A torn write of a body may be at the end of the newest segment.
      const segment =
        readdirSync(path)
          .filter((name) => name.endsWith('.seg'))
          .at(-1) ?? '';
      appendFileSync(join(path, segment), 'garbage');

      await using writer = await openCapture(path, 'write');
      expect((await writer.query(ask('state:active', { limit: 0 }))).matched).toBe(0);
      expect((await writer.totals()).active).toBe(0);
      const all = await writer.query(ask('', { order: { by: 'id', descending: true } }));
      expect(writer.lastSessionId).toBe(all.rows[0]?.id);
      last = writer.lastSessionId;
      for (const row of all.rows.filter((_, i) => i < 60 || i % 25 === 0)) {
        expect((await writer.get(row.id))?.row).toEqual(row);
        const body = await writer.readBody(row.id, 'response', 0, 1e6);
        expect(bodyOf(row.id).startsWith(new TextDecoder().decode(body))).toBe(true);
        if (row.state === 'completed') {
          expect(body).toHaveLength(bodyOf(row.id).length);
          const messages = (await writer.messages(row.id, 0, 10)).map(({ data }) =>
            new TextDecoder().decode(data),
          );
          expect(messages).toEqual(row.id % 7 === 0 ? [`message of ${row.id}`] : []);
        } else expect(row).toMatchObject({ state: 'failed', error: 'other' });
      }
      expect((await writer.get(due.at(-1)?.id ?? 0))?.failure).toEqual({
        code: 'other',
        detail: 'Sluice stopped before this session ended.',
      });
    }
  }, 60_000);
});

describe('a worker that cannot open', () => {
  it('says why and ends', async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { path, mode: 'read', segmentBytes: SEGMENT_BYTES },
    });
    const exited = once(worker, 'exit');
    const [message]: FromWorker[] = await once(worker, 'message');
    expect(message).toEqual({
      type: 'failed',
      code: 'capture-missing',
      message: `There is no capture at ${path}.`,
    });
    expect(await exited).toEqual([0]);
  });
});

describe('a worker that can no longer write', () => {
  it('says so when it is asked whether all is written, answers all else, and leaves what is there whole', async () => {
    await using store = await openCapture(path, 'create');
    await record(store, makeSession({ id: 1 }));
    {
      using other = new DatabaseSync(indexPath(path));
      other.exec("CREATE TRIGGER full BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'full'); END");
    }
    for (const event of eventsOf(makeSession({ id: 2 }))) store.write(event);
    await expect(store.flush()).rejects.toThrow('full');
    for (const event of eventsOf(makeSession({ id: 3, responseBody: 'x'.repeat(1e6) }))) store.write(event);
    expect((await store.get(1))?.row.id).toBe(1);
    await store.drained();
    expect((await store.totals()).losses).toMatchObject({
      missed: 2,
      paused: expect.stringContaining('full'),
    });
    await store.close();
    await using reader = await openCapture(path, 'read');
    expect(await reader.ids(ask())).toEqual([1]);
  });
});
