import { Command } from 'commander';
import { expect, it } from 'vitest';
import { type RedactOption, redactionChoice, withRedaction } from './redaction-options.ts';

const choice = (...args: string[]) =>
  redactionChoice(
    withRedaction(new Command().exitOverride()).parse(args, { from: 'user' }).opts<RedactOption>(),
  );

it('masks unless told not to, with patterns and what is kept as often as they are given', () => {
  expect(choice()).toEqual({});
  expect(choice('--no-redact')).toBe('off');
  expect(choice('--no-redact', '--keep', 'a')).toBe('off');
  expect(choice('--redact-pattern', 'a', '--redact-pattern', 'b', '--keep', 'x', '--keep', 'y')).toEqual({
    patterns: ['a', 'b'],
    keep: ['x', 'y'],
  });
});
