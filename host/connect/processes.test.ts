import { describe, expect, it } from 'vitest';
import { createProcesses } from './processes.ts';

const node = process.execPath;
const STAYS = ['-e', 'setInterval(() => {}, 1000)'];
const STUBBORN = ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('programs that Sluice starts', () => {
  it('run until Sluice ends, and end with it', async () => {
    const processes = createProcesses();
    const { pid, exited } = await processes.start(node, STAYS);
    expect(isAlive(pid)).toBe(true);
    await processes[Symbol.asyncDispose]();
    expect(await exited).toBeNull();
    expect(isAlive(pid)).toBe(false);
  });

  it('end also when they do not want to', async () => {
    const processes = createProcesses();
    const { pid } = await processes.start(node, STUBBORN);
    await processes[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(false);
  });

  it('that end by themselves say how', async () => {
    await using processes = createProcesses();
    const { exited } = await processes.start(node, ['-e', 'setTimeout(() => process.exit(4), 1200)']);
    expect(await exited).toBe(4);
  });

  it('that end at once with success were handed to one that runs already', async () => {
    await using processes = createProcesses();
    expect(await (await processes.start(node, ['-e', ''])).exited).toBe(0);
  });

  it.each([
    ['fail at once', node, ['-e', 'process.exit(1)']],
    ['are not there', '/nowhere/chromium', []],
  ] as const)('that %s are an error', async (_, path, args) => {
    await using processes = createProcesses();
    await expect(processes.start(path, args)).rejects.toMatchObject({
      code: 'no-browser',
      message: expect.stringContaining(path),
    });
  });

  it('are told apart: ending one set leaves another alone', async () => {
    await using others = createProcesses();
    const { pid } = await others.start(node, STAYS);
    await createProcesses()[Symbol.asyncDispose]();
    expect(isAlive(pid)).toBe(true);
  });
});
