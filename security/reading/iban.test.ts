import { describe, expect, it } from 'vitest';
import { ibanAt, isIban } from './iban.ts';

describe('isIban', () => {
  it.each([
    'DE89370400440532013000',
    'GB82WEST12345698765432',
    'FR1420041010050500013M02606',
    'NO9386011117947',
    'MT84MALT011000012345MTLCAST001S',
  ])('is %s', (text) => {
    expect(isIban(text)).toBe(true);
  });

  it.each([
    ['DE89370400440532013001', 'a wrong digit'],
    ['DE8937040044053201300', 'too short for its country'],
    ['ZZ89370400440532013000', 'no country'],
    ['de89370400440532013000', 'lower case'],
    ['DE89 3704 0044 0532 0130 00', 'blanks'],
    ['', 'nothing'],
  ])('is not %s: %s', (text) => {
    expect(isIban(text)).toBe(false);
  });
});

describe('ibanAt', () => {
  it.each([
    ['to DE89370400440532013000.', 3, 22],
    ['to DE89 3704 0044 0532 0130 00 BIC', 3, 27],
    ['GB82 WEST 1234 5698 7654 32 THIS', 0, 27],
    ['GB82 WEST 1234 5698 7654 32', 0, 27],
  ])('finds it in %s', (text, at, length) => {
    expect(ibanAt(text, at)).toBe(length);
  });

  it.each(['DE893704004405320130001', 'DE8937 0400440532013000', 'DE89 3704', 'XX12', ''])(
    'finds none in %j',
    (text) => {
      expect(ibanAt(text, 0)).toBe(0);
    },
  );
});
