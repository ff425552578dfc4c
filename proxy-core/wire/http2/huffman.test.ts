import { describe, expect, it } from 'vitest';
import { decodeHuffman } from './huffman.ts';

const decode = (hex: string) => {
  const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return decodeHuffman(bytes, 0, bytes.length);
};

/** Codes written one after the other, the last octet filled with ones. */
function bits(...codes: readonly (readonly [code: number, length: number])[]): string {
  const text = codes.map(([code, length]) => code.toString(2).padStart(length, '0')).join('');
  const whole = text.padEnd(Math.ceil(text.length / 8) * 8, '1');
  return (whole.match(/.{8}/g) ?? [])
    .map((octet) => Number.parseInt(octet, 2).toString(16).padStart(2, '0'))
    .join('');
}

describe('the Huffman code of HPACK', () => {
  it.each([
    ['f1e3 c2e5 f23a 6ba0 ab90 f4ff', 'www.example.com'],
    ['a8eb 1064 9cbf', 'no-cache'],
    ['25a8 49e9 5ba9 7d7f', 'custom-key'],
    ['6402', '302'],
    ['aec3 771a 4b', 'private'],
    ['d07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff', 'Mon, 21 Oct 2013 20:13:21 GMT'],
    ['9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3', 'https://www.example.com'],
    ['', ''],
  ])('reads %j of RFC 7541, Appendix C', (hex, text) => {
    expect(decode(hex)).toBe(text);
  });

  // Appendix B, one of many lengths each.
  it.each([
    [0, 0x1ff8, 13],
    [10, 0x3ffffffc, 30],
    [32, 0x14, 6],
    [48, 0x0, 5],
    [38, 0xf8, 8],
    [92, 0x7fff0, 19],
    [127, 0xffffffc, 28],
    [128, 0xfffe6, 20],
    [199, 0x1ffffec, 25],
    [203, 0x7ffffde, 27],
    [249, 0xffffffe, 28],
    [255, 0x3ffffee, 26],
  ])('knows octet %i by its code', (octet, code, length) => {
    const letter = String.fromCharCode(octet);
    // Twice, with a nought between, so that it does not begin at an octet.
    expect(decode(bits([code, length], [0x0, 5], [code, length]))).toBe(`${letter}0${letter}`);
  });

  it.each([
    ['a string that ends itself', bits([0x3fffffff, 30])],
    ['a whole octet of filling', `${bits([0x0, 5])}ff`],
    ['filling with noughts', '00'],
    ['a code that is cut off', 'fffe'],
  ])('refuses %s', (_name, hex) => {
    expect(() => decode(hex)).toThrow(expect.objectContaining({ code: 9 }));
  });

  it('reads long strings', () => {
    expect(decode('0000 0000 00'.repeat(10_000))).toBe('0'.repeat(80_000));
  });
});
