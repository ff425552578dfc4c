import { describe, expect, it } from 'vitest';
import { Breakpoints, MAX_PAUSED, type NewItem } from './breakpoints.ts';

const item = (limitMs = 60_000): NewItem => ({
  at: 'request',
  session: 1,
  rule: 'r',
  method: 'GET',
  url: 'http://a/',
  headers: [],
  limitMs,
});
const stays = () => new AbortController().signal;

describe('what is paused', () => {
  it('goes on at once when nobody is there', async () => {
    expect(await new Breakpoints().pause(item(), stays())).toEqual({ kind: 'go' });
  });

  it('waits for what is said of it, oldest first, with its age and its time', async () => {
    const queue = new Breakpoints();
    using _here = queue.attend();
    let changes = 0;
    using _watch = queue.onChange(() => {
      changes += 1;
    });
    const first = queue.pause(item(), stays());
    const second = queue.pause(item(), stays());
    expect(queue.items.map(({ id }) => id)).toEqual([1, 2]);
    expect((queue.items[0]?.until ?? 0) - (queue.items[0]?.since ?? 0)).toBe(60_000);
    expect(queue.resolve(2, { kind: 'drop' })).toBe(true);
    expect(await second).toEqual({ kind: 'drop' });
    expect(queue.resolve(2, { kind: 'drop' })).toBe(false);
    expect(queue.releaseAll()).toBe(1);
    expect(await first).toEqual({ kind: 'go' });
    expect(queue.items).toEqual([]);
    expect(changes).toBe(4);
  });

  it('goes on unchanged when the last who watched leaves', async () => {
    const queue = new Breakpoints();
    const one = queue.attend();
    const other = queue.attend();
    const paused = queue.pause(item(), stays());
    one[Symbol.dispose]();
    one[Symbol.dispose]();
    expect(queue.items).toHaveLength(1);
    other[Symbol.dispose]();
    expect(await paused).toEqual({ kind: 'go' });
    expect(queue.attended).toBe(false);
  });

  it('goes on unchanged when its time is over, or its client has left', async () => {
    const queue = new Breakpoints();
    using _here = queue.attend();
    expect(await queue.pause(item(1), stays())).toEqual({ kind: 'go' });
    const gone = new AbortController();
    const paused = queue.pause(item(), gone.signal);
    gone.abort();
    expect(await paused).toEqual({ kind: 'go' });
    expect(await queue.pause(item(), gone.signal)).toEqual({ kind: 'go' });
    expect(queue.items).toEqual([]);
  });

  it('is bounded', async () => {
    const queue = new Breakpoints();
    const here = queue.attend();
    const waiting = Array.from({ length: MAX_PAUSED }, () => queue.pause(item(), stays()));
    expect(await queue.pause(item(), stays())).toEqual({ kind: 'go' });
    here[Symbol.dispose]();
    expect(await Promise.all(waiting)).toHaveLength(MAX_PAUSED);
  });
});
