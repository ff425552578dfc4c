import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { octets, tnetstring } from '../testing/tnetstring.ts';
import { DEFAULT_LIMITS, readTnetstrings, type TnetLimits, type TnetValue } from './tnetstring.ts';

async function read(
  bytes: Uint8Array,
  size = bytes.length || 1,
  limits: Partial<TnetLimits> = {},
): Promise<TnetValue[]> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  const values: TnetValue[] = [];
  for await (const value of readTnetstrings(chunks, { ...DEFAULT_LIMITS, ...limits })) values.push(value);
  return values;
}
const plain = (value: TnetValue): unknown => {
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, one]) => [name, plain(one)]));
  if (value instanceof Uint8Array) return `octets ${Buffer.from(value).toString('latin1')}`;
  return Array.isArray(value) ? value.map(plain) : value;
};

describe('typed netstrings', () => {
  it.each([
    ['0:~', null],
    ['4:true!', true],
    ['5:false!', false],
    ['2:-5#', -5],
    ['3:1.5^', 1.5],
    ['2:\xc3\xa9;', 'é'],
    ['1:\xff,', 'octets \xff'],
    ['0:]', []],
    ['8:1:1#1:2#]', [1, 2]],
    ['8:1:a,1:2#}', { a: 2 }],
    ['3:nan^', null],
  ])('%j', async (text, value) => {
    expect((await read(octets(text))).map(plain)).toEqual([value]);
  });

  it('of a file are one after the other, however its bytes come', async () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.uint8Array(),
        tie('list'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
    })).any;
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        async (values, size) => {
          const bytes = Buffer.concat(values.map(tnetstring));
          const expected = (await read(bytes)).map(plain);
          expect(expected).toHaveLength(values.length);
          expect((await read(bytes, size)).map(plain)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of great length that come in small pieces take time in proportion', async () => {
    const bytes = tnetstring(Buffer.alloc(8_000_000));
    const spent = cpuTime();
    expect(await read(bytes, 4096)).toHaveLength(1);
    expect(spent()).toBeLessThan(5000);
  });
});

describe('what is none', () => {
  it.each([
    ['hello', 'stands no length'],
    [':1#', 'stands no length'],
    ['1234567890123:', 'stands no length'],
    ['5:1#', 'cut off'],
    ['12', 'cut off'],
    ['1:1?', 'no type'],
    ['4:9:1#]', 'longer than what it is in'],
    ['3:1:]]', 'longer than what it is in'],
    ['4:1:a,}', 'a value is cut off'],
  ])('%j is refused', async (text, message) => {
    await expect(read(octets(text))).rejects.toThrow(message);
  });

  it('S1: is refused when it is too large, too deep or too much', async () => {
    await expect(read(octets('999999999999:'))).rejects.toThrow('larger than');
    let deep: unknown = 1;
    for (let i = 0; i < 60; i += 1) deep = [deep];
    await expect(read(tnetstring(deep))).rejects.toThrow('deeper than 50');
    const many = tnetstring(Array.from({ length: 100 }, () => null));
    await expect(read(many, many.length, { maxValues: 50 })).rejects.toThrow('more than 50 values');
  });

  it('gives what came before it', async () => {
    const values: TnetValue[] = [];
    const reading = async () => {
      for await (const value of readTnetstrings([octets('1:1#x')])) values.push(value);
    };
    await expect(reading()).rejects.toThrow();
    expect(values).toEqual([1]);
  });
});
