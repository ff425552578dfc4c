import { describe, expect, it } from 'vitest';
import { FloodGuard } from './flood-guard.ts';

const guard = () => new FloodGuard({ burst: 10, rate: 100 }, 'Too much.');
const spend = (on: FloodGuard, times: number, at = 0) => {
  for (let i = 0; i < times; i += 1) on.spend(at);
};

describe('a flood', () => {
  it('may burst, and is over after that', () => {
    const on = guard();
    spend(on, 10);
    expect(() => on.spend(0)).toThrow(expect.objectContaining({ code: 0xb, message: 'Too much.' }));
  });

  it('may go on at its rate', () => {
    const on = guard();
    spend(on, 10, 5000);
    spend(on, 5, 5050);
    expect(() => on.spend(5050)).toThrow('Too much.');
    spend(on, 1, 5061);
  });

  it('saves up no more than its burst', () => {
    const on = guard();
    spend(on, 10);
    spend(on, 10, 1_000_000);
    expect(() => on.spend(1_000_000)).toThrow('Too much.');
  });

  it('is paid for by honest work', () => {
    const on = guard();
    for (let i = 0; i < 1000; i += 1) {
      on.earn(2);
      spend(on, 2);
    }
    on.earn(1_000_000);
    spend(on, 10);
    expect(() => on.spend(0)).toThrow('Too much.');
  });
});
