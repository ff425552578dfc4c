import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { byteCount, retentionOf, withRetentionOptions } from './retention-options.ts';

const parsed = (...args: string[]) =>
  withRetentionOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .parse(args, { from: 'user' })
    .opts();

describe('sizes', () => {
  it.each([
    ['4096', 4096],
    ['10MB', 10 * 1024 ** 2],
    ['2 gb', 2 * 1024 ** 3],
    ['1.5k', 1536],
    ['3GiB', 3 * 1024 ** 3],
    ['0', 0],
  ])('%s is %d bytes', (text, bytes) => expect(byteCount(text)).toBe(bytes));

  it.each(['', 'much', '-1', '5 XB', '1e9', 'GB', '2,5GB'])('%j is none', (text) => {
    expect(() => byteCount(text)).toThrow('size');
  });
});

describe('what a capture keeps', () => {
  it('is said by its options', () => {
    expect(
      retentionOf(parsed('--keep-last', '5000', '--keep-size', '2GB', '--drop-bodies-over', '10MB')),
    ).toEqual({
      keepLast: 5000,
      keepBytes: 2 * 1024 ** 3,
      dropBodiesOver: 10 * 1024 ** 2,
    });
    expect(retentionOf(parsed('--drop-bodies-over', '0'))).toEqual({ dropBodiesOver: 0 });
  });

  it('is left to the capture without any, and is everything with --keep-all', () => {
    expect(retentionOf(parsed())).toBeUndefined();
    expect(retentionOf(parsed('--keep-all'))).toEqual({});
  });

  it.each([
    ['--keep-last', '0'],
    ['--keep-last', 'many'],
    ['--keep-size', '1MB'],
    ['--keep-size', 'big'],
    ['--drop-bodies-over', '-5'],
  ])('refuses %s %s', (...args) => expect(() => parsed(...args)).toThrow());
});
