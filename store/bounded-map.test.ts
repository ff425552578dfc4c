import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

describe('a bounded map', () => {
  it('gives what was added', () => {
    const map = new BoundedMap<number>(10, 1000);
    for (const key of ['', 'a', '\xff', '\u20ac', '\ud800']) map.add(key, key.charCodeAt(0));
    for (const key of ['', 'a', '\xff', '\u20ac', '\ud800']) expect(map.get(key)).toBe(key.charCodeAt(0));
    expect(map.get('b')).toBeUndefined();
  });

  it('forgets all when it has too many entries, and fills anew', () => {
    const map = new BoundedMap<number>(3, 1000);
    for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) map.add(key, i);
    expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([undefined, undefined, undefined, 3]);
  });

  it('forgets all when its keys are too long together', () => {
    const map = new BoundedMap<number>(100, 10);
    map.add('12345', 1);
    map.add('67890', 2);
    expect([map.get('12345'), map.get('67890')]).toEqual([1, 2]);
    map.add('x', 3);
    expect([map.get('12345'), map.get('x')]).toEqual([undefined, 3]);
    map.add('a key that is longer than all may be', 4);
    expect(map.get('x')).toBeUndefined();
    expect(map.get('a key that is longer than all may be')).toBe(4);
  });

  it('keeps no large text alive for a small part of it', () => {
    const map = new BoundedMap<number>(10_000, 1e9);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 500; i++) map.add(`${i} `.padEnd(100_000, 'x').slice(0, 40), i);
    expect(map.get(`${499} `.padEnd(40, 'x'))).toBe(499);
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10e6);
    expect(map.get('missing')).toBeUndefined();
  });
});
