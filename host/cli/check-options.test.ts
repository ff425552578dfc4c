import { Command } from 'commander';
import { expect, it } from 'vitest';
import { givenCheckOption, withCheckOptions } from './check-options.ts';

const parsed = (...args: string[]) =>
  withCheckOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parse(args, { from: 'user' });

it('has a form, a bar and a threshold where none are given', () => {
  expect(parsed().opts()).toMatchObject({ format: 'text', failOn: 'low', threshold: 'medium' });
});

it('tells which were given, so that a command can say that they mean nothing alone', () => {
  expect(givenCheckOption(parsed())).toBeUndefined();
  expect(givenCheckOption(parsed('--fail-on', 'high'))).toBe('--fail-on');
  expect(givenCheckOption(parsed('--allow-empty'))).toBe('--allow-empty');
});

it('refuses what it does not know', () => {
  expect(() => parsed('--format', 'pdf')).toThrow('Allowed choices');
});
