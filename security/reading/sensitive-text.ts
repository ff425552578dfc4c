/** What values are sensitive by themselves: e-mail addresses, card numbers, social security numbers; and names that say so of theirs. */
import { cardIssuer, isTestCard } from './card-number.ts';

const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i;
const SSN = /^(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/;
const SSN_NAME =
  /^(?:ssn|social_?security(?:_?(?:number|no))?|national_?id|tax_?id|passport(?:_?(?:no|number))?|driver_?licen[sc]e)$/i;
const NAME =
  /^(?:cvv2?|cvc2?|card_?(?:number|no)|credit_?card(?:_?number)?|ccnum(?:ber)?|pan|iban|account_?number|dob|date_?of_?birth|birth_?date|birthday|maiden_?name|pin|otp|security_?answer|medical\w*|diagnosis)$/i;

/** What a value is, in words; undefined when it is nothing of the kind. */
export function sensitiveKind(name: string, value: string): string | undefined {
  if (value.length > 254 || value === '') return undefined;
  if (EMAIL.test(value)) return 'an e-mail address';
  const digits = value.replace(/[ -]/g, '');
  if (
    /^\d{14,16}$/.test(digits) &&
    cardIssuer(digits) !== undefined &&
    (NAME.test(name) || digits.length < value.length || isTestCard(digits) || /card|cc|pay/i.test(name))
  ) {
    return 'a card number';
  }
  if (SSN.test(value)) return 'a social security number';
  if (SSN_NAME.test(name) && /\d{4}/.test(value)) return 'an official number';
  return NAME.test(name) && /\d/.test(value) ? 'something private by its name' : undefined;
}
