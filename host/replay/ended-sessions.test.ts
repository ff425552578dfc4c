import { describe, expect, it } from 'vitest';
import type { StoreChange } from '#store/capture-store.ts';
import { endedSessions } from './ended-sessions.ts';

/** A store that says what the test says. */
function told() {
  let listener: (change: StoreChange) => void = () => undefined;
  let listening = true;
  const ends = endedSessions({
    onChange(next) {
      listener = next;
      return {
        [Symbol.dispose]: () => {
          listening = false;
        },
      };
    },
  });
  const say = (...ended: number[]) => listener({ changed: ended, ended } as unknown as StoreChange);
  return { ends, say, listening: () => listening };
}

const never = new AbortController().signal;

describe('who waits for a session', () => {
  it('hears of its end, and of no other', async () => {
    const { ends, say } = told();
    const heard: number[] = [];
    const waits = [1, 2].map((id) => ends.after(id, never).then(() => heard.push(id)));
    say(3, 2);
    await waits[1];
    expect(heard).toEqual([2]);
    say(1);
    await waits[0];
    expect(heard).toEqual([2, 1]);
  });

  it('may leave off', async () => {
    const { ends, say } = told();
    const stop = new AbortController();
    const wait = ends.after(1, stop.signal);
    stop.abort(new Error('enough'));
    await expect(wait).rejects.toThrow('enough');
    await expect(ends.after(1, stop.signal)).rejects.toThrow('enough');
    say(1);
  });

  it('listens no longer than it is wanted', () => {
    const { ends, listening } = told();
    ends[Symbol.dispose]();
    expect(listening()).toBe(false);
  });
});
