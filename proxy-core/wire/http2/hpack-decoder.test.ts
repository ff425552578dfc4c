import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isSensitive } from './field.ts';
import { HpackDecoder } from './hpack-decoder.ts';
import { Http2Fault } from './http2-fault.ts';

const LIMITS = { size: 65_536, fields: 1000 };
const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

function decode(decoder: HpackDecoder, hex: string) {
  const bytes = bytesOf(hex);
  return decoder.decode(bytes, 0, bytes.length).fields.map(({ pair }) => pair.join(': '));
}

describe('RFC 7541, Appendix C', () => {
  it.each([
    [
      'C.2.1',
      '400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572',
      'custom-key: custom-header',
    ],
    ['C.2.2', '040c 2f73 616d 706c 652f 7061 7468', ':path: /sample/path'],
    ['C.2.3', '1008 7061 7373 776f 7264 0673 6563 7265 74', 'password: secret'],
    ['C.2.4', '82', ':method: GET'],
  ])('%s', (_name, hex, field) => {
    expect(decode(new HpackDecoder(LIMITS), hex)).toEqual([field]);
  });

  const REQUESTS = [
    [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com'],
    [':method: GET', ':scheme: http', ':path: /', ':authority: www.example.com', 'cache-control: no-cache'],
    [
      ':method: GET',
      ':scheme: https',
      ':path: /index.html',
      ':authority: www.example.com',
      'custom-key: custom-value',
    ],
  ];
  it.each([
    [
      'C.3, without Huffman',
      '8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d',
      '8286 84be 5808 6e6f 2d63 6163 6865',
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
    [
      'C.4, with Huffman',
      '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff',
      '8286 84be 5886 a8eb 1064 9cbf',
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
  ])('%s', (_name, ...blocks) => {
    const decoder = new HpackDecoder(LIMITS);
    expect(blocks.map((block) => decode(decoder, block))).toEqual(REQUESTS);
  });

  it('C.6, with a table of 256 octets that pushes entries out', () => {
    const decoder = new HpackDecoder(LIMITS);
    const dates = ['Mon, 21 Oct 2013 20:13:21 GMT', 'Mon, 21 Oct 2013 20:13:22 GMT'];
    const rest = (date: string | undefined) => [
      'cache-control: private',
      `date: ${date}`,
      'location: https://www.example.com',
    ];
    expect(
      decode(
        decoder,
        `3fe1 01 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e
         919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3`,
      ),
    ).toEqual([':status: 302', ...rest(dates[0])]);
    expect(decode(decoder, '4883 640e ffc1 c0bf')).toEqual([':status: 307', ...rest(dates[0])]);
    expect(
      decode(
        decoder,
        `88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7
         b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07`,
      ),
    ).toEqual([
      ':status: 200',
      'cache-control: private',
      `date: ${dates[1]}`,
      'location: https://www.example.com',
      'content-encoding: gzip',
      'set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
    ]);
  });
});

describe('what it keeps', () => {
  it('gives the same pair again for the same entry', () => {
    const decoder = new HpackDecoder(LIMITS);
    const [first] = decoder.decode(bytesOf('4001 6101 62'), 0, 5).fields;
    expect(decoder.decode(bytesOf('be'), 0, 1).fields[0]).toBe(first);
  });

  it('marks what must not be indexed, and nothing else', () => {
    const bytes = bytesOf('1001 6101 62 0001 6101 62');
    const { fields } = new HpackDecoder(LIMITS).decode(bytes, 0, bytes.length);
    expect(fields.map(({ pair }) => isSensitive(pair))).toEqual([true, false]);
  });

  it('reads octets of obs-text as they are', () => {
    expect(decode(new HpackDecoder(LIMITS), '0001 61 03 e9ff80')).toEqual(['a: \xe9\xff\x80']);
  });

  it('an entry larger than the table empties it', () => {
    const decoder = new HpackDecoder(LIMITS);
    decode(decoder, '4001 6101 62');
    const large = Buffer.concat([bytesOf('4001 61 7f a11f'), Buffer.alloc(4128, 'x')]);
    expect(decoder.decode(large, 0, large.length).fields).toHaveLength(1);
    expect(() => decode(decoder, 'be')).toThrow(Http2Fault);
  });
});

test.each([
  ['entry 0', '80'],
  ['an entry that is not there', 'be'],
  ['a name that is not there', '7f 80 01 01 61'],
  ['a number without end', 'ff ff ff ff ff ff ff 01'],
  ['a number that is cut off', 'ff 80'],
  ['a string that is cut off', '0001 6105 62'],
  ['a missing value', '0001 61'],
  ['a missing name', '00'],
  ['a table larger than allowed', '3fe2 1f'],
  ['a table size within a block', '82 20'],
])('refuses %s', (_name, hex) => {
  expect(() => decode(new HpackDecoder(LIMITS), hex)).toThrow(expect.objectContaining({ code: 9 }));
});

describe('limits', () => {
  it('keeps no more fields than allowed, reads all of them, and tells their size', () => {
    const decoder = new HpackDecoder({ size: 1000, fields: 3 });
    const four = decoder.decode(bytesOf('8286 8482'), 0, 4);
    expect(four).toMatchObject({ tooLarge: true, fields: { length: 3 } });
    const long = Buffer.concat([
      bytesOf('4001 61 7f e906'),
      Buffer.alloc(1000, 'x'),
      bytesOf('4001 6201 63'),
    ]);
    expect(decoder.decode(long, 0, long.length)).toMatchObject({ tooLarge: true, size: 1033 + 34 });
    // Its table has followed.
    expect(decode(decoder, 'be')).toEqual(['b: c']);
  });

  it('a bomb of references costs nothing but its octets', () => {
    const decoder = new HpackDecoder(LIMITS);
    const entry = Buffer.concat([bytesOf('4001 61 7f 811e'), Buffer.alloc(3968, 'x')]);
    decoder.decode(entry, 0, entry.length);
    const bomb = Buffer.alloc(16_384, 0xbe);
    const { fields, size, tooLarge } = decoder.decode(bomb, 0, bomb.length);
    expect(tooLarge).toBe(true);
    expect(fields.length).toBeLessThan(20);
    expect(size).toBe(4001 * 16_384);
  });
});

test('arbitrary octets throw nothing but a coded fault', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (blocks) => {
      const decoder = new HpackDecoder(LIMITS);
      try {
        for (const block of blocks) decoder.decode(Buffer.from(block), 0, block.length);
      } catch (error) {
        expect(error).toBeInstanceOf(Http2Fault);
      }
    }),
    { numRuns: 500 },
  );
});
