import { expect, it } from 'vitest';
import { ActionError } from './action-error.ts';
import { compilePattern } from './pattern.ts';

it('finds what it is meant to', () => {
  expect(compilePattern('v\\d+').matcher('/v2/').find()).toBe(true);
  expect(compilePattern('(?i)abc').matcher('xABCx').find()).toBe(true);
});

it.each(['(', '[a', 'a(?!b)', '(?<=a)b', '\\1'])('%s is refused in words', (text) => {
  expect(() => compilePattern(text)).toThrow(ActionError);
  expect(() => compilePattern(text)).toThrow(/^The regular expression is not valid: /);
});
