import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { startProgressLine } from './progress-line.ts';

function terminal(isTTY: boolean) {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return { to: Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream, text: () => text };
}

it('writes over itself, not too often, and is gone in the end', () => {
  const { to, text } = terminal(true);
  {
    using line = startProgressLine(to);
    line.show('1 of 9');
    line.show('2 of 9');
  }
  expect(text()).toBe('\r\u001b[K1 of 9\r\u001b[K');
});

it('makes room for something else only where it stands', () => {
  const { to, text } = terminal(true);
  using line = startProgressLine(to);
  line.clear();
  expect(text()).toBe('');
  line.show('1 of 9');
  line.clear();
  line.clear();
  expect(text()).toBe('\r\u001b[K1 of 9\r\u001b[K');
});

it('writes nothing into a pipe', () => {
  const { to, text } = terminal(false);
  {
    using line = startProgressLine(to);
    line.show('1 of 9');
  }
  expect(text()).toBe('');
});
