/** Formats of JSON schema that texts are told by. Patterns are for short texts and take time in proportion to them. */

export interface StringFormat {
  readonly name: string;
  matches(text: string): boolean;
}

const pattern = (name: string, expression: RegExp): StringFormat => ({
  name,
  matches: (text) => expression.test(text),
});

/** The first that fits all texts is the one that is named. */
export const STRING_FORMATS: readonly StringFormat[] = [
  pattern('date-time', /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/),
  pattern('date', /^\d{4}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])$/),
  pattern('uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  pattern('email', /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/),
  pattern('uri', /^[a-z][a-z0-9+.-]*:\/\/[^\s]+$/i),
  pattern('ipv4', /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/),
];

/** A text of a query or path as the value that it writes: a number or boolean where it is written as one. */
export function writtenValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  // Leading zeros and very long digits are of names, not of numbers.
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) ? Number(text) : text;
}
