import { describe, expect, it } from 'vitest';
import { masking, opaque, repeated } from '../testing/masking.ts';
import { compilePatterns, inUrl, sameLength } from './masker.ts';

describe('masking what a reader knows', () => {
  it('gives the same placeholder for the same value, and a token’s own kind to a token', () => {
    const { masker } = masking();
    const jwt = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"a":1}').toString('base64url')}.`;
    expect(masker.mask('cookie', opaque())).toBe('[redacted:cookie:1]');
    expect(masker.mask('password', opaque())).toBe('[redacted:cookie:1]');
    expect(masker.mask('cookie', jwt)).toBe('[redacted:jwt:1]');
  });

  it('leaves masks and placeholders', () => {
    const { masker, book } = masking();
    for (const value of ['', '***', '[redacted:token:4]', '{{token}}', 'null'])
      expect(masker.mask('token', value)).toBe(value);
    expect(book.size).toBe(0);
  });
});

describe('sweeping text', () => {
  it('masks shapes, patterns and what is known, in order', () => {
    const { masker } = masking('CUST-(\\d+)');
    masker.know('token', opaque(1));
    expect(masker.sweep(`a ${opaque(1)} b CUST-0042 c postgres://u:${opaque(2)}@db/x d`)).toBe(
      'a [redacted:token:1] b CUST-[redacted:custom:1] c [redacted:connection-string:1] d',
    );
    expect(masker.sweep('nothing in here')).toBe('nothing in here');
  });

  it('masks all of what overlaps, and makes no secret of a part of another', () => {
    const { masker, book } = masking('abc-\\d+', '\\d+-xyz');
    expect(masker.sweep('abc-12345-xyz')).toBe('[redacted:custom:1][redacted:custom:2]');
    expect(book.secrets(9).map(({ sample }) => sample)).toEqual(['…(9)', '…(4)']);
  });

  it('writes placeholders as the place wants them', () => {
    const { masker } = masking('CUST-\\d+', 'X\\d');
    expect(masker.sweep('/a/CUST-0042', inUrl)).toBe('/a/%5Bredacted:custom:1%5D');
    expect(masker.sweep('..CUST-0042-and-more-0042..', sameLength)).toBe('..[redacted-and-more-0042..');
    expect(masker.sweep('CUST-00000000000000000042 X1', sameLength)).toBe('[redacted:custom:2]****** [r');
  });

  it('counts where it is, once, and not what says the same again', () => {
    const { masker, book } = masking('CUST-\\d+');
    masker.session = 7;
    masker.place = 'URL';
    masker.sweep('CUST-1 CUST-1');
    masker.uncounted(() => masker.sweep('CUST-1'));
    masker.place = 'comment';
    masker.mask('token', 'CUST-1');
    expect(book.secrets(9)).toMatchObject([
      { count: 3, sessions: 1, firstSession: 7, places: ['URL', 'comment'] },
    ]);
  });

  it('matches hostile patterns in linear time', () => {
    const { masker } = masking('(a+)+$', '(a|a)*$', '(.*)(.*)(.*)z');
    const started = performance.now();
    masker.sweep(`${repeated('a')}!`);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

it('says which pattern is none', () => {
  expect(() => compilePatterns(['fine', '(?<=look)behind'])).toThrow(/"\(\?<=look\)behind" cannot be read/);
  expect(compilePatterns([])).toEqual([]);
});
