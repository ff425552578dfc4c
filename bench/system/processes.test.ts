import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { Processes } from './processes.ts';

const node = (program: string) => [process.execPath, '-e', program];
const WAITS = 'console.log(process.pid); setInterval(() => {}, 1000);';
/** Prints the id of a child that would outlive it. */
const WITH_CHILD = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(child.pid);
  setInterval(() => {}, 1000);`;

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Gone, or about to be collected by whoever inherited it. */
const gone = (pid: number) => expect.poll(() => exists(pid) && !isZombie(pid), { timeout: 5000 }).toBe(false);

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
}

let processes = new Processes();
afterEach(async () => {
  await processes[Symbol.asyncDispose]();
  processes = new Processes();
});

describe('a program', () => {
  test('is the process that was asked for, and says its lines', async () => {
    const program = await processes.start(
      node(`console.log(process.pid); console.log('two'); setInterval(() => {}, 1000);`),
    );
    expect(await program.line()).toBe(String(program.pid));
    expect(await program.line()).toBe('two');
  });

  test('sees what it is given of the environment, and nothing of ours', async () => {
    process.env.BENCH_TEST_SECRET = 'x';
    const show = 'console.log(JSON.stringify([process.env.A, process.env.BENCH_TEST_SECRET ?? null]))';
    const program = await processes.start(node(show), { env: { A: 'b' } });
    delete process.env.BENCH_TEST_SECRET;
    expect(JSON.parse(await program.line())).toEqual(['b', null]);
  });

  test('stands still while it is paused, and goes on afterwards', async () => {
    const program = await processes.start(node('process.stdin; setInterval(() => {}, 5); console.log(1)'));
    await program.line();
    const state = () => /\) (\w) /.exec(readFileSync(`/proc/${program.pid}/stat`, 'latin1'))?.[1];
    processes.pause();
    await expect.poll(state).toBe('T');
    processes.resume();
    await expect.poll(state).toMatch(/[RS]/);
  });

  test('that ends instead of speaking is an error with its complaint', async () => {
    const program = await processes.start(node('console.error("no such luck"); process.exit(1)'));
    await expect(program.line()).rejects.toThrow('no such luck');
    expect(program.complaint()).toBe('no such luck');
  });

  test('that is not there is an error', async () => {
    await expect(processes.start(['no-such-program-of-ours'])).rejects.toThrow('ENOENT');
  });

  test('ends when asked to, twice if need be', async () => {
    const program = await processes.start(node(WAITS));
    await program.line();
    await program.end();
    await program.end();
    await gone(program.pid);
  });

  test('may say a last word when it is interrupted', async () => {
    const program = await processes.start(
      node(`process.on('SIGINT', () => { console.log('bye'); process.exit(); }); ${WAITS}`),
    );
    await program.line();
    const last = program.line();
    await program.end('SIGINT');
    expect(await last).toBe('bye');
  });

  test('takes its children with it', async () => {
    const program = await processes.start(node(WITH_CHILD));
    const child = Number(await program.line());
    expect(exists(child)).toBe(true);
    await program.end();
    await gone(child);
  });
});

describe('all programs', () => {
  test('end together', async () => {
    const programs = [await processes.start(node(WAITS)), await processes.start(node(WITH_CHILD))];
    const ids = await Promise.all(programs.map(async (program) => Number(await program.line())));
    await processes[Symbol.asyncDispose]();
    for (const pid of [...ids, ...programs.map((program) => program.pid)]) await gone(pid);
  });

  test('of a scope end before the others, or with them', async () => {
    const scope = processes.scope();
    const [outer, inner] = [await processes.start(node(WAITS)), await scope.start(node(WAITS))];
    await scope[Symbol.asyncDispose]();
    await gone(inner.pid);
    expect(exists(outer.pid)).toBe(true);
    const late = await scope.start(node(WAITS));
    processes.endNow();
    await gone(late.pid);
    await gone(outer.pid);
  });

  test('end at once, children included, and even those that would rather not', async () => {
    const program = await processes.start(node(`process.on('SIGTERM', () => {}); ${WITH_CHILD}`));
    const child = Number(await program.line());
    processes.endNow();
    await program.ended;
    await gone(program.pid);
    await gone(child);
  });
});
