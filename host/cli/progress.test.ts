import { expect, it } from 'vitest';
import { showProgress } from './progress.ts';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

it('is a line on a terminal, which goes when the work is done', () => {
  const to = terminal(true);
  {
    using bar = showProgress('Compacting', to);
    bar.show(1, 3);
    // Drawn often enough.
    bar.show(2, 3);
  }
  expect(to.written).toEqual(['\r\x1b[KCompacting: 33 %', '\r\x1b[K']);
});

it('of nothing is done', () => {
  const to = terminal(true);
  showProgress('Verifying', to).show(0, 0);
  expect(to.written).toEqual(['\r\x1b[KVerifying: 100 %']);
});

it('writes nothing where no person looks', () => {
  const to = terminal(false);
  {
    using bar = showProgress('Compacting', to);
    bar.show(1, 3);
  }
  expect(to.written).toEqual([]);
});
