import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeHead } from './charsets.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const wide = (text: string) => Buffer.from(text, 'utf16le');
const wideBig = (text: string) => wide(text).swap16();

/** The bytes at which `needle` stands, read off the decoded text. */
function bytesOf(bytes: Buffer, contentType: string | undefined, needle: string): Buffer {
  const decoded = decodeBytes(bytes, contentType);
  const start = decoded.text.indexOf(needle);
  expect(start, `${needle} in ${decoded.text}`).toBeGreaterThanOrEqual(0);
  return bytes.subarray(decoded.byteAt(start), decoded.byteAt(start + needle.length));
}

describe('a charset', () => {
  it.each<[string, Buffer, string | undefined, Buffer]>([
    ['told by nobody, ASCII', Buffer.from('x Zurich y'), undefined, Buffer.from('Zurich')],
    ['told by nobody, UTF-8', Buffer.from('ü Zürich é'), undefined, Buffer.from('Zürich')],
    ['told by nobody, no UTF-8', latin('ü Zürich é'), 'text/plain', latin('Zürich')],
    ['in the header, Latin-1', latin('ü Zürich é'), 'text/plain; charset=ISO-8859-1', latin('Zürich')],
    ['in the header, quoted', latin('ü Zürich é'), 'text/html;charset="latin1"', latin('Zürich')],
    ['in the header, UTF-16', wide('ü Zürich é'), 'text/plain; charset=utf-16', wide('Zürich')],
    [
      'in the header, UTF-16BE',
      wideBig('ü Zürich é'),
      'application/json; charset=utf-16be',
      wideBig('Zürich'),
    ],
    ['by a mark, UTF-8', Buffer.from('\ufeffü Zürich'), 'text/plain; charset=latin1', Buffer.from('Zürich')],
    ['by a mark, UTF-16LE', wide('\ufeffü Zürich'), undefined, wide('Zürich')],
    ['by a mark, UTF-16BE', wideBig('\ufeffü Zürich'), undefined, wideBig('Zürich')],
    ['in HTML', latin('<meta charset="windows-1252">ü Zürich'), 'text/html', latin('Zürich')],
    [
      'in XML',
      latin('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü Zürich</a>'),
      'text/xml',
      latin('Zürich'),
    ],
    [
      'in HTML that lies about UTF-16',
      Buffer.from('<meta charset=utf-16>ü Zürich'),
      'text/html',
      Buffer.from('Zürich'),
    ],
    ['that nobody knows', Buffer.from('ü Zürich'), 'text/plain; charset=klingon', Buffer.from('Zürich')],
  ])('%s', (_, bytes, contentType, expected) => {
    const needle = expected.length === 6 && expected.includes('u') ? 'Zurich' : 'Zürich';
    expect(bytesOf(bytes, contentType, needle)).toEqual(expected);
  });

  it.each([
    ['shift_jis', Buffer.from('416983658358836769', 'hex'), 'テスト', Buffer.from('836583588367', 'hex')],
    ['gbk', Buffer.from('41d6d0b9fa42', 'hex'), '中国', Buffer.from('d6d0b9fa', 'hex')],
    ['euc-kr', Buffer.from('c7d1b1b9207a', 'hex'), '국', Buffer.from('b1b9', 'hex')],
    ['koi8-r', Buffer.from('20d6d5cb20', 'hex'), 'жук', Buffer.from('d6d5cb', 'hex')],
  ])('of characters of its own lengths: %s', (charset, bytes, needle, expected) => {
    expect(bytesOf(bytes, `text/plain; charset=${charset}`, needle)).toEqual(expected);
  });

  it('that the bytes are not in says where they are all the same', () => {
    const bytes = Buffer.concat([latin('ü \xff '), Buffer.from('Zürich'), latin(' é end')]);
    for (const needle of ['Zürich', ' end', 'r'])
      expect(bytesOf(bytes, 'text/plain; charset=utf-8', needle).toString()).toBe(needle);
  });
});

describe('places in UTF-8', () => {
  it('are those of the characters, asked in any order', () => {
    const characters = fc.array(fc.constantFrom('a', 'ü', '€', '\u{1f600}', ' '), { maxLength: 30 });
    fc.assert(
      fc.property(characters, fc.array(fc.nat(), { maxLength: 8 }), (text, asked) => {
        const bytes = Buffer.from(`ü${text.join('')}`);
        const decoded = decodeBytes(bytes, undefined);
        for (const place of asked) {
          const before = ['ü', ...text].slice(0, place % (text.length + 2)).join('');
          expect(decoded.byteAt(before.length)).toBe(Buffer.byteLength(before));
        }
      }),
    );
  });
});

describe('a head', () => {
  it('is UTF-8 where it is, else an octet a character', () => {
    expect(decodeHead(Buffer.from('X-City: Zürich')).text).toBe('X-City: Zürich');
    expect(decodeHead(latin('X-City: Zürich')).text).toBe('X-City: Zürich');
    expect(decodeHead(latin('X-City: Zürich')).byteAt(10)).toBe(10);
    expect(decodeHead(Buffer.from('Zürich')).byteAt(2)).toBe(3);
  });
});
