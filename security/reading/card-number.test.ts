import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardIssuer, isTestCard, luhn } from './card-number.ts';

describe('cardIssuer', () => {
  it.each([
    ['4111111111111111', 'Visa'],
    ['5555555555554444', 'Mastercard'],
    ['2223003122003222', 'Mastercard'],
    ['378282246310005', 'American Express'],
    ['6011111111111117', 'Discover'],
    ['30569309025904', 'Diners Club'],
    ['3530111333300000', 'JCB'],
    ['6200000000000005', 'UnionPay'],
  ])('of %s is %s', (digits, issuer) => {
    expect(cardIssuer(digits)).toBe(issuer);
  });

  it.each([
    ['4111111111111112', 'a wrong check digit'],
    ['4222222222222', 'Visa of 13 digits, as EAN codes have'],
    ['0000000000000000', 'zeros'],
    ['4444444444444444', 'one digit'],
    ['2221000000000000', 'below the Mastercard range'],
    ['2721000000000004', 'above the Mastercard range'],
    ['490154203237518', 'an IMEI'],
    ['1234567890123452', 'no issuer'],
    ['4111', 'a fragment'],
    ['', 'nothing'],
  ])('of %s is none: %s', (digits) => {
    expect(cardIssuer(digits)).toBeUndefined();
  });
});

describe('luhn', () => {
  it('notices every single wrong digit', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 });
    fc.assert(
      fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
        const check = [...'0123456789'].find((digit) => luhn(body.join('') + digit)) ?? '';
        const good = [...body, Number(check)];
        expect(luhn(good.join(''))).toBe(true);
        const at = place % good.length;
        const bad = good.map((digit, i) => (i === at ? (digit + change) % 10 : digit));
        expect(luhn(bad.join(''))).toBe(false);
      }),
    );
  });
});

describe('isTestCard', () => {
  it('knows the published ones, and they are cards', () => {
    expect(isTestCard('4242424242424242')).toBe(true);
    expect(isTestCard('4539578763621486')).toBe(false);
  });
});
