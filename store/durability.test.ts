/**
 * A program that records, deletes and compacts at once is killed at random moments, again and again: the capture opens every time, holds
 * everything that had ended 250 ms before, each body as it was sent, and nothing in it is damaged. SLUICE_KILLS sets how often; a long run
 * belongs before a release.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CaptureStore } from './capture-store.ts';
import { openCapture } from './open-capture.ts';
import { ask, temporaryFolder } from './testing.ts';

const KILLS = Number(process.env.SLUICE_KILLS ?? 12);
/** Kills that one capture goes through. */
const KILLS_PER_CAPTURE = 6;
const DURABLE_MS = 250;

/** Bodies of all sizes, every fifth one of ten that come again and again; sessions whose number is a multiple of three may be deleted. */
function bodyOf(id: number): Buffer {
  const seed = id % 5 === 0 ? id % 50 : id;
  return Buffer.alloc((seed * 977) % 30_000, `body ${seed}, `);
}

/** Prints \`id time wait\` after each twenty sessions: these have ended by then. `wait`: how long threads have waited for a processor, ms. */
const PROGRAM = `
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { openCapture } from '${new URL('./open-capture.ts', import.meta.url)}';
import { eventsOf, makeSession } from '${new URL('../proxy-core/testing/session-factory.ts', import.meta.url)}';
${bodyOf}
function waited() {
  try {
    const waits = readdirSync('/proc/self/task').map((task) =>
      Number(readFileSync('/proc/self/task/' + task + '/schedstat', 'utf8').split(' ')[1]));
    return Math.round(Math.max(...waits) / 1e6);
  } catch {
    return 0;
  }
}
const store = await openCapture(process.argv[2], 'write');
async function compactOn() {
  for (;;) {
    for await (const _ of store.compact()) await delay(1);
    await delay(20);
  }
}
void compactOn();
for (let id = store.lastSessionId + 1; ; id++) {
  const responseBody = bodyOf(id);
  const hash = createHash('sha256').update(responseBody).digest('hex');
  for (const event of eventsOf(makeSession({ id, responseBody, responseHeaders: [['Hash', hash]] }))) {
    if (!store.write(event)) await store.drained();
  }
  if (id % 20 !== 0) continue;
  if (id % 200 === 0) {
    const old = Array.from({ length: 60 }, (_, i) => id - 400 + i * 3).map((one) => one - (one % 3));
    void store.remove(old.filter((one) => one > 0));
  }
  writeSync(1, id + ' ' + Date.now() + ' ' + (id % 100 === 0 ? waited() : '') + '\\n');
  await delay(1);
}
`;

interface Line {
  readonly id: number;
  readonly at: number;
  readonly waited: number;
}

/** Runs the program until some time after it has begun to record, kills it, and answers what it printed. */
async function runAndKill(program: string, path: string, afterMs: number): Promise<Line[]> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout) {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    output += String(chunk);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  let waited = 0;
  // The last line may be half written.
  return output
    .slice(0, output.lastIndexOf('\n'))
    .split('\n')
    .map((line) => {
      const [id = 0, at = 0, wait = 0] = line.split(' ').map(Number);
      waited = Math.max(waited, wait);
      return { id, at, waited };
    });
}

/** What must be there: what ended long enough before the last sign of life, leaving out the time in which the program got no processor. */
function dueOf(lines: readonly Line[]): number {
  const last = lines.at(-1);
  if (last === undefined) return 0;
  return lines.findLast(({ at, waited }) => last.at - at - (last.waited - waited) > DURABLE_MS)?.id ?? 0;
}

async function checkBodies(store: CaptureStore, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const session = await store.get(id);
    if (session?.row.state !== 'completed') continue;
    const body = await store.readBody(id, 'response', 0, 1e6);
    const [, hash] = session.response?.head.headers[0] ?? [];
    expect([id, createHash('sha256').update(body).digest('hex')]).toEqual([id, hash]);
  }
}

it(
  `survives being killed ${KILLS} times`,
  async () => {
    let due = 0;
    for (let kill = 0; kill < KILLS; ) {
      using folder = temporaryFolder();
      const path = join(folder.path, 'a.sluice');
      const program = join(folder.path, 'program.mjs');
      writeFileSync(program, PROGRAM);
      for (let i = 0; i < KILLS_PER_CAPTURE && kill < KILLS; i++, kill++) {
        await using before = i === 0 ? undefined : await openCapture(path, 'read');
        const from = (before?.lastSessionId ?? 0) + 1;
        await before?.close();
        const lines = await runAndKill(program, path, 20 + Math.random() * 900);
        const until = dueOf(lines);

        await using store = await openCapture(path, 'read');
        expect(store.notices).toEqual([]);
        const found = await store.ids(ask('state:completed', { limit: 1_000_000 }));
        const there = new Set(found);
        const missing: number[] = [];
        for (let id = from; id <= until; id++) if (id % 3 !== 0 && !there.has(id)) missing.push(id);
        expect(missing).toEqual([]);
        due += Math.max(0, until - from + 1);
        await checkBodies(store, found.slice(-400));
        for await (const { damage } of store.verify()) expect(damage).toEqual([]);
      }
      // The next writer opens it too, and can tidy it up.
      await using writer = await openCapture(path, 'write');
      expect((await writer.totals()).active).toBe(0);
      for await (const { left } of writer.compact()) expect(left).toEqual([]);
      await checkBodies(writer, await writer.ids(ask('', { limit: 300 })));
    }
    expect(due).toBeGreaterThan(KILLS * 20);
  },
  30_000 + KILLS * 10_000,
);
