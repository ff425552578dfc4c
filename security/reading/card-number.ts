/** Payment card numbers (ISO/IEC 7812): issuer ranges with their lengths, and the Luhn digit. */

/**
 * Issuer, prefix pattern, lengths: the networks' published numbering, without what is all but unused and shared with other numbers: Visa
 * of 13 digits (EAN codes) and cards of 19 digits (64-bit ids).
 */
const ISSUERS: readonly (readonly [name: string, prefix: RegExp, lengths: readonly number[]])[] = [
  ['American Express', /^3[47]/, [15]],
  ['Visa', /^4/, [16]],
  ['Mastercard', /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ['Discover', /^(?:6011|64[4-9]|65)/, [16]],
  ['Diners Club', /^(?:30[0-5]|36|38|39)/, [14]],
  ['UnionPay', /^62/, [16]],
  ['JCB', /^35(?:2[89]|[3-8])/, [16]],
];

/** The digit check of ISO/IEC 7812-1 annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** The issuer of a card number given as digits alone; undefined when it is none. */
export function cardIssuer(digits: string): string | undefined {
  // One digit over and over, or a run, passes the sum by chance and is nobody's card.
  if (/^(\d)\1+$/.test(digits) || !luhn(digits)) return undefined;
  return ISSUERS.find(([, prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits))?.[0];
}

/** Numbers that payment providers publish for testing: cards wherever they stand, as nothing else has these digits. */
const TEST_NUMBERS = new Set([
  '4111111111111111',
  '4242424242424242',
  '4012888888881881',
  '4000056655665556',
  '5555555555554444',
  '5105105105105100',
  '2223003122003222',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
  '6011000990139424',
  '3530111333300000',
  '30569309025904',
  '38520000023237',
]);

export const isTestCard = (digits: string) => TEST_NUMBERS.has(digits);
