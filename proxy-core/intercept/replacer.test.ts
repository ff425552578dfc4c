import { expect, it } from 'vitest';
import { replacerOf } from './replacer.ts';

it('a text is taken as it is', () => {
  expect(replacerOf({ find: 'a.b', with: '$1$&' })('a.b axb a.b')).toBe('$1$& axb $1$&');
});

it('a pattern has groups', () => {
  expect(
    replacerOf({ find: '(\\w+)@(?P<host>\\w+)', with: '$2 at $1', regex: true })('me@home, you@work'),
  ).toBe('home at me, work at you');
  expect(replacerOf({ find: '(?i)token=[^&]*', with: 'token=x', regex: true })('a&TOKEN=abc&b')).toBe(
    'a&token=x&b',
  );
});

it('R4 takes time in proportion to the text: backtracking would take for ever', () => {
  const begun = performance.now();
  replacerOf({ find: '(a+)+$', with: '', regex: true })(`${'a'.repeat(1000)}b`);
  expect(performance.now() - begun).toBeLessThan(60_000);
});
