import { expect, it } from 'vitest';
import { foldCase } from './fold-case.ts';

it('folds A to Z alone, as SQLite does', () => {
  expect(foldCase('AbZ[É]İ')).toBe('abz[É]İ');
  expect(foldCase('ABZ[]{}\0')).toBe('abz[]{}\0');
  // The Kelvin sign: its lower case is a k for Unicode.
  expect(foldCase('\u212a')).toBe('\u212a');
  expect(foldCase('')).toBe('');
});
