import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multipartFields, urlEncodedFields } from './form-fields.ts';

describe('urlEncodedFields', () => {
  it('decodes names and values and tells where a value stands', () => {
    const text = 'user%5Bname%5D=a+b%21&empty=&flag&&x=%C3%A9%zz=1';
    const fields = [...urlEncodedFields(text, 100)];
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['user[name]', 'a b!'],
      ['empty', ''],
      ['x', 'é%zz=1'],
    ]);
    expect(fields.map(({ start, end }) => text.slice(start - 100, end - 100))).toEqual([
      'a+b%21',
      '',
      '%C3%A9%zz=1',
    ]);
  });

  it('agrees with URLSearchParams', () => {
    const word = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (pairs) => {
        const text = new URLSearchParams(pairs).toString();
        expect([...urlEncodedFields(text)].map(({ name, value }) => [name, value])).toEqual([
          ...new URLSearchParams(text),
        ]);
      }),
    );
  });

  it.each(['', '&', 'none', '&&&'])('finds nothing in %j', (text) => {
    expect([...urlEncodedFields(text)]).toEqual([]);
  });
});

const part = (name: string, value: string, more = '') =>
  `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;

describe('multipartFields', () => {
  it('tells text fields and where they stand, and leaves files out', () => {
    const text = `${part('user', 'mia')}${part('file', 'BYTES', '; filename="a.txt"')}${part('password', 'p\r\nq')}--B--\r\n`;
    const fields = [...multipartFields(text, 'B')];
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['user', 'mia'],
      ['password', 'p\r\nq'],
    ]);
    expect(fields.map(({ start, end }) => text.slice(start, end))).toEqual(['mia', 'p\r\nq']);
  });

  it('reads a body that was cut', () => {
    expect(
      [...multipartFields(part('a', '1') + part('b', '2').slice(0, -2), 'B')].map(({ value }) => value),
    ).toEqual(['1', '2']);
    expect([...multipartFields('--B\r\nContent-Disp', 'B')]).toEqual([]);
  });

  it.each(['', 'other'])('finds nothing with the boundary %j', (boundary) => {
    expect([...multipartFields(part('a', '1'), boundary)]).toEqual([]);
  });
});
