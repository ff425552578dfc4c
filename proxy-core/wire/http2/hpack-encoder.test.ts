import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { isSensitive, markSensitive } from './field.ts';
import { HpackDecoder } from './hpack-decoder.ts';
import { HpackEncoder } from './hpack-encoder.ts';

const LIMITS = { size: 1_000_000, fields: 10_000 };

/** Two ends of a connection. */
function ends() {
  const encoder = new HpackEncoder();
  const decoder = new HpackDecoder(LIMITS);
  return {
    encoder,
    pass: (...headers: HeaderPair[]) => {
      const block = encoder.encode([], headers);
      return {
        size: block.length,
        pairs: decoder.decode(block, 0, block.length).fields.map(({ pair }) => pair),
      };
    },
  };
}

describe('what is written', () => {
  it('is what HPACK reads, pseudo-fields first', () => {
    const encoder = new HpackEncoder();
    const block = Buffer.from(encoder.encode([[':method', 'GET']], [['accept', '*/*']]));
    expect(block.toString('latin1')).toBe('\x82\x53\x03*/*');
  });

  it('takes an octet for what was said before', () => {
    const { pass } = ends();
    const fields: HeaderPair[] = [
      ['user-agent', 'test'],
      ['x-own', 'value'],
    ];
    expect(pass(...fields).size).toBeGreaterThan(10);
    expect(pass(...fields)).toEqual({ size: 2, pairs: fields });
    // A name alone is known too.
    expect(pass(['x-own', 'v']).size).toBe(3);
  });

  it('keeps order, duplicates and octets', () => {
    const fields: HeaderPair[] = [
      ['set-cookie', 'a=1'],
      ['x', 'caf\xe9'],
      ['set-cookie', 'b=2'],
      ['x', ''],
      ['x', 'caf\xe9'],
    ];
    expect(ends().pass(...fields).pairs).toEqual(fields);
  });
});

it('names are in small letters, however they were given', () => {
  const { pass } = ends();
  for (let i = 0; i < 2; i += 1) {
    expect(pass(['X-Own', 'Value'], ['Content-Type', 'a/b']).pairs).toEqual([
      ['x-own', 'Value'],
      ['content-type', 'a/b'],
    ]);
  }
});

describe('what stays out of the table', () => {
  it.each(['cookie', 'authorization', 'set-cookie', ':path', 'etag'])('%s', (name) => {
    const { pass } = ends();
    expect(pass([name, 'secret']).size).toBe(pass([name, 'secret']).size);
  });

  it('what came as never to be indexed goes so, whatever else is known', () => {
    const { pass } = ends();
    pass(['x-key', 'secret']);
    const pair: HeaderPair = ['x-key', 'secret'];
    markSensitive(pair);
    const { size, pairs } = pass(pair);
    expect(size).toBeGreaterThan('secret'.length);
    expect(pairs.map(isSensitive)).toEqual([true]);
  });

  it('what is large', () => {
    const { pass } = ends();
    const large = 'x'.repeat(2000);
    expect([pass(['a', large]).size > 2000, pass(['a', large]).size > 2000]).toEqual([true, true]);
  });
});

describe('the size of the table', () => {
  it('is told before the next block, the smallest first', () => {
    const { encoder, pass } = ends();
    pass(['a', 'b']);
    encoder.setTableSize(0);
    encoder.setTableSize(100);
    // 0x20: nought; 0x3f 0x45: a hundred.
    expect(Buffer.from(encoder.encode([], [])).toString('hex')).toBe('203f45');
  });

  it('follows the peer down and up, both tables alike', () => {
    const { encoder, pass } = ends();
    for (const size of [4096, 60, 0, 33, 1_000_000, 200]) {
      encoder.setTableSize(size);
      for (let i = 0; i < 10; i += 1) {
        expect(pass(['a', `b${i % 3}`]).pairs).toEqual([['a', `b${i % 3}`]]);
      }
    }
  });
});

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const value = fc.oneof(
  word,
  fc.string({ maxLength: 300 }).map((text) => text.replaceAll(/[^\0-\xff]/g, '?')),
);

test('encode and decode are inverse, block after block', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.tuple(word, value), { maxLength: 30 }), { maxLength: 20 }), (blocks) => {
      const { pass } = ends();
      for (const block of blocks) expect(pass(...block).pairs).toEqual(block);
    }),
  );
});
