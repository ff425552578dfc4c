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

const KILLS = Number(process.env.SLUICE_KILLS ?? 4);
/** Kills that one capture goes through. */
const KILLS_PER_CAPTURE = 6;
const DURABLE_MS = 250;
const STARVED_MS = 3000;

/** Bodies of all sizes, every fifth one of ten that come again and again; sessions whose number is a multiple of three may be deleted. */
function bodyOf(id: number): Buffer {
  const seed = id % 5 === 0 ? id % 50 : id;
  return Buffer.alloc((seed * 977) % 30_000, `body ${seed}, `);
}

/**
 * Prints `id time wait` after each twenty sessions: these have ended by then. `wait`: how long its threads together have waited for a
 * processor, ms.
 */
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
    return Math.round(waits.reduce((sum, wait) => sum + wait, 0) / 1e6);
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
  writeSync(1, id + ' ' + Date.now() + ' ' + waited() + '\\n');
  await delay(1);
}
`;

interface Line {
  readonly id: number;
  readonly at: number;
  readonly waited: number;
}

/** The complete lines of what the program has printed. */
function linesOf(output: string): Line[] {
  let waited = 0;
  const whole = output.slice(0, output.lastIndexOf('\n'));
  if (whole === '') return [];
  return whole.split('\n').map((line) => {
    const [id = 0, at = 0, wait = 0] = line.split(' ').map(Number);
    waited = Math.max(waited, wait);
    return { id, at, waited };
  });
}

/** Between two lines, without the time in which the program got no processor. */
const timeBetween = (from: Line, to: Line) => to.at - from.at - (to.waited - from.waited);

/** Runs the program, kills it when it has recorded for about `afterMs` of its own time, and answers what it printed. */
async function runAndKill(program: string, path: string, afterMs: number): Promise<Line[]> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let killing = false;
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const lines = linesOf(output);
    const [first, last] = [lines[0], lines.at(-1)];
    if (killing || first === undefined || last === undefined) continue;
    // On a machine that hardly lets it run, not for ever.
    if (timeBetween(first, last) < afterMs && last.at - first.at < afterMs + STARVED_MS) continue;
    killing = true;
    // Not always just after a line.
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return linesOf(output);
}

/** What must be there: what ended long enough before the last sign of life, leaving out the time in which the program got no processor. */
function dueOf(lines: readonly Line[]): number {
  const last = lines.at(-1);
  if (last === undefined) return 0;
  return lines.findLast((line) => timeBetween(line, last) > DURABLE_MS)?.id ?? 0;
}

/** All at once: on a busy machine it is the way to the worker and back that takes time. */
async function checkBodies(store: CaptureStore, ids: readonly number[]): Promise<void> {
  await Promise.all(
    ids.map(async (id) => {
      const [session, body] = await Promise.all([store.get(id), store.readBody(id, 'response', 0, 1e6)]);
      if (session?.row.state !== 'completed') return;
      const [, hash] = session.response?.head.headers[0] ?? [];
      expect([id, createHash('sha256').update(body).digest('hex')]).toEqual([id, hash]);
    }),
  );
}

it(
  `survives being killed ${KILLS} times`,
  async () => {
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
        await checkBodies(store, found.slice(-400));
        for await (const { damage } of store.verify()) expect(damage).toEqual([]);
      }
      // The next writer opens it too, and can tidy it up.
      await using writer = await openCapture(path, 'write');
      expect((await writer.totals()).active).toBe(0);
      for await (const { left } of writer.compact()) expect(left).toEqual([]);
      await checkBodies(writer, await writer.ids(ask('', { limit: 300 })));
    }
  },
  60_000 + KILLS * 20_000,
);
