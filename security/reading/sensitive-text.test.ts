import { expect, it } from 'vitest';
import { sensitiveKind } from './sensitive-text.ts';

it.each([
  ['q', 'mia@acme.test', 'an e-mail address'],
  ['card', '4539 5787 6362 1486', 'a card number'],
  ['x', '536-90-4399', 'a social security number'],
  ['passport', 'X1234567', 'an official number'],
  ['dob', '1990-01-01', 'something private by its name'],
])('%s=%s is %s', (name, value, kind) => expect(sensitiveKind(name, value)).toBe(kind));

it.each([
  ['q', 'mia'],
  ['id', '4539578763621486'],
  ['phone', '536-904-3990'],
  ['range', '000-12-3456'],
  ['pin', ''],
  ['handle', '@mia'],
  ['ssn', 'yes'],
])('%s=%s is nothing of the kind', (name, value) => expect(sensitiveKind(name, value)).toBeUndefined());
