import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuSeconds, descendants, parseResident, parseStat, residentBytes } from './process-tree.ts';

const STAT =
  '4242 (squid) S 17 4242 4242 0 -1 4194560 5310 0 12 0 150 25 0 0 20 0 1 0 99 57421824 8804 18446744073709551615 1 1 0 0';

test('a line of stat gives id, parent and processor time', () => {
  expect(parseStat(STAT)).toEqual({ pid: 4242, parent: 17, cpuSeconds: 1.75 });
});

test('a name with blanks and parentheses does not move the fields', () => {
  expect(parseStat(STAT.replace('(squid)', '(a) b (c)'))).toEqual(parseStat(STAT));
});

test('the resident set is given in bytes', () => {
  expect(parseResident('Name:\tx\nVmPeak:\t 9 kB\nVmRSS:\t   35300 kB\nThreads:\t1\n')).toBe(35_300 * 1024);
});

test('a process that is ending has none', () => {
  expect(parseResident('Name:\tx\nState:\tZ (zombie)\n')).toBe(0);
});

test('descendants are children and theirs, in whatever order they are listed, and nobody else', () => {
  const one = (pid: number, parent: number) => ({ pid, parent, cpuSeconds: 0 });
  const all = [one(30, 20), one(20, 10), one(99, 1), one(10, 1), one(21, 10)];
  expect(descendants(all, 10).map(({ pid }) => pid)).toEqual([10, 20, 21, 30]);
  expect(descendants(all, 12345)).toEqual([]);
});

test('this very process has memory and has used the processor; one with a child has more', async () => {
  const alone = residentBytes(process.pid);
  expect(alone).toBeGreaterThan(10e6);
  expect(cpuSeconds(process.pid)).toBeGreaterThan(0);
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); process.stdin.resume()']);
  await once(child.stdout, 'data');
  expect(residentBytes(process.pid)).toBeGreaterThan(residentBytes(child.pid ?? 0));
  expect(residentBytes(child.pid ?? 0)).toBeGreaterThan(10e6);
  child.stdin.end();
  await once(child, 'close');
});
