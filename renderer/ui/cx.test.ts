import { expect, it } from 'vitest';
import { cx } from './cx.ts';

it('joins what is there', () => {
  expect(cx('a', false, undefined, 'b', null, '')).toBe('a b');
  expect(cx()).toBe('');
});
