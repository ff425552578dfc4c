/** What is read of the machine: cores, programs, and how busy it is. */
import { describe, expect, test } from 'vitest';
import { parseCoreList } from './cores.ts';
import { untilIdle } from './idle.ts';
import { machineTicks, neighbours, parseTicks } from './machine-load.ts';
import { howToGet, installMissing, onPath } from './tools.ts';

describe('cores', () => {
  test.each([
    ['0', [0]],
    ['0-1', [0, 1]],
    ['0-2,8,10-11', [0, 1, 2, 8, 10, 11]],
  ])('%s', (list, cores) => {
    expect(parseCoreList(list)).toEqual(cores);
  });
});

const machine = (user: number, idle: number) =>
  `cpu  ${user} 1 2 ${idle} 3 4 5 6 0 0\ncpu0 9 9 9 9 9 9 9 9 0 0\n`;
const self = (user: number, ended: number) =>
  `7 (node) S 1 7 7 0 -1 0 0 0 0 0 ${user} 20 ${ended} 40 20 0 1 0`;

describe('load', () => {
  test('all there was, what programs used, and what of it was ours with our children that ended', () => {
    expect(parseTicks(machine(100, 1000), self(10, 30))).toEqual({ all: 1121, used: 109, own: 100 });
  });

  test('what others used is what was used without ours', () => {
    const from = { all: 0, used: 0, own: 0 };
    expect(neighbours(from, { all: 1000, used: 500, own: 480 })).toBe(
      'Other programs used 2 % of this machine’s processor time during the run.',
    );
  });

  test('much of it is said loudly', () => {
    const from = { all: 100, used: 100, own: 100 };
    expect(neighbours(from, { all: 1100, used: 800, own: 300 })).toContain('50 %');
    expect(neighbours(from, { all: 1100, used: 800, own: 300 })).toContain('**figures are disturbed**');
  });

  test('ticks that are booked differently here and there never make less than nothing', () => {
    const from = { all: 0, used: 0, own: 0 };
    expect(neighbours(from, { all: 100, used: 50, own: 60 })).toContain('used 0 %');
  });

  test('this machine can be read', () => {
    const { all, used, own } = machineTicks();
    expect(all).toBeGreaterThan(used);
    expect(own).toBeGreaterThan(0);
  });
});

describe('waiting until a program is idle', () => {
  test('ends when it uses no more processor time, and tells how long that was', async () => {
    const used = [0, 0.2, 0.4, 0.4];
    let looks = 0;
    const seconds = await untilIdle(() => used[looks++] ?? 0.4);
    expect(looks).toBe(4);
    expect(seconds).toBeGreaterThanOrEqual(0.4);
  });

  test('one that is idle took no time', async () => {
    expect(await untilIdle(() => 1)).toBe(0);
  });
});

describe('programs', () => {
  test('are found on the path', () => {
    expect(onPath('sh')).toBe(true);
    expect(onPath('no-such-program-of-ours')).toBe(false);
  });

  test('that are missing are told with how to get them', () => {
    expect(howToGet({ name: 'nginx', debian: 'nginx', present: () => false })).toBe(
      'nginx is not installed (Debian, as root: apt-get install nginx).',
    );
  });

  test('that are there are not installed', () => {
    const said: string[] = [];
    installMissing([{ name: 'x', debian: 'x', present: () => true }], (text) => said.push(text));
    expect(said).toEqual([]);
  });
});
