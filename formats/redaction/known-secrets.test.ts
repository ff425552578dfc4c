import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownSecrets } from './known-secrets.ts';

function known(...texts: string[]) {
  const secrets = new KnownSecrets<string>();
  for (const text of texts) secrets.add(text, text);
  return (text: string) => secrets.find(text).map(({ start, end, of }) => [start, end, of]);
}

describe('known strings', () => {
  it('are found wherever they stand, in order', () => {
    const find = known('secret-one-1', 'secret-two-2');
    expect(find('x secret-two-2 secret-one-1secret-two-2')).toEqual([
      [2, 14, 'secret-two-2'],
      [15, 27, 'secret-one-1'],
      [27, 39, 'secret-two-2'],
    ]);
    expect(find('')).toEqual([]);
    expect(find('secret-one-')).toEqual([]);
  });

  it('are told apart where they end alike', () => {
    const find = known('aaaa-12345678', 'bbbbbb-12345678');
    expect(find('aaaa-12345678 bbbbbb-12345678 cc-12345678')).toEqual([
      [0, 13, 'aaaa-12345678'],
      [14, 29, 'bbbbbb-12345678'],
    ]);
  });

  it('win over shorter ones inside them, at either end', () => {
    expect(known('abcdefgh', 'abcdefgh-and-more')('abcdefgh-and-more')).toEqual([
      [0, 17, 'abcdefgh-and-more'],
    ]);
    expect(known('and-more', 'abcdefgh-and-more')('abcdefgh-and-more')).toEqual([
      [0, 17, 'abcdefgh-and-more'],
    ]);
  });

  it('leave nothing of one that overlaps the one before', () => {
    expect(known('12345678abcd', 'abcdefghijkl')('12345678abcdefghijkl')).toEqual([
      [0, 12, '12345678abcd'],
      [12, 20, 'abcdefghijkl'],
    ]);
  });

  it('are not those too short to be looked for', () => {
    expect(known('short')('short short')).toEqual([]);
  });

  it('are compared whole, however long', () => {
    const long = 'x1'.repeat(1000);
    expect(known(`A${long}`)(`B${long} A${long}`)).toEqual([[2002, 4003, `A${long}`]]);
  });

  it('are what a plain search finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 8, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.array(word, { maxLength: 6 }), (secrets, words) => {
        const text = words.join('');
        const find = known(...secrets);
        const covered = new Set(find(text).flatMap(([start, end]) => span(Number(start), Number(end))));
        const expected = new Set(secrets.flatMap((secret) => everywhere(text, secret)));
        expect(covered).toEqual(expected);
      }),
    );
  });

  it('are found in a time that follows the text, not their number', () => {
    const secrets = new KnownSecrets<number>();
    for (let i = 0; i < 20_000; i++) secrets.add(`token-${i}-suffix-${i * 7919}`, i);
    const started = performance.now();
    expect(secrets.find('lorem ipsum '.repeat(200_000))).toEqual([]);
    expect(secrets.find('a'.repeat(1_000_000))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

const span = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => start + i);
function everywhere(text: string, secret: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    places.push(...span(at, at + secret.length));
  }
  return places;
}
