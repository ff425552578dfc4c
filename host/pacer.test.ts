import { describe, expect, it } from 'vitest';
import { createPacer } from './pacer.ts';

/** When each of `count` turns came, in ms after the first was asked for. */
async function turns(perSecond: number, count: number, work: (i: number) => Promise<void> = async () => {}) {
  const pacer = createPacer(perSecond);
  const began = performance.now();
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) {
    await pacer.turn();
    times.push(performance.now() - began);
    await work(i);
  }
  return times;
}

describe('a pacer', () => {
  it('lets the first begin at once, and the others no sooner than they may', async () => {
    const [first = 99, ...others] = await turns(50, 5);
    expect(first).toBeLessThan(20);
    others.forEach((time, i) => {
      expect(time).toBeGreaterThanOrEqual((i + 1) * 20);
    });
  });

  it('does not make up for slow work with a burst', async () => {
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 100);
    const times = await turns(50, 5, (i) => (i === 0 ? slow : Promise.resolve()));
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(20);
    expect((times[4] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(60);
  });

  it('asks the clock again when a timer fires early', async () => {
    const clock = [0, 10, 11, 12, 40, 41];
    const pacer = createPacer(100, () => clock.shift() ?? 1000);
    await pacer.turn();
    await pacer.turn();
    expect(clock.length).toBeLessThanOrEqual(2);
  });
});
