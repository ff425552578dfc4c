import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { parseDocument } from './parse-document.ts';

describe('a document', () => {
  it.each([
    ['{"a": [1]}', { a: [1] }],
    ['\ufeff [1]', [1]],
    ['a:\n  - 1\n  - "x"\n', { a: [1, 'x'] }],
    ['a: &x 1\nb: *x\n', { a: 1, b: 1 }],
    ['no: 2025-01-01\nyes: on', { no: '2025-01-01', yes: 'on' }],
    ['', null],
  ])('%j is read', async (text, value) => {
    expect(await parseDocument(text)).toEqual(value);
  });

  it('with a member named like a prototype is only a member', async () => {
    const value = await parseDocument('__proto__:\n  polluted: 1\n');
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a hostile document', () => {
  it.each([
    ['{"a": ', 'not valid JSON'],
    ['a: [1', 'not valid YAML'],
    ['a: 1\n b: 2\n: : :\n', 'not valid YAML'],
  ])('%j is refused', async (text, message) => {
    await expect(parseDocument(text)).rejects.toThrow(message);
  });

  it('S1: does not grow by its aliases', async () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 12; i += 1) lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}*a${i - 1}]`);
    const spent = cpuTime();
    await expect(parseDocument(lines.join('\n'))).rejects.toThrow('not valid YAML');
    expect(spent()).toBeLessThan(5000);
  });

  it('S1: does not break what reads it by its depth', async () => {
    await expect(parseDocument(`a: ${'['.repeat(20_000)}`)).rejects.toThrow('not valid YAML');
    await expect(parseDocument('['.repeat(1_000_000))).rejects.toThrow('not valid JSON');
    await expect(parseDocument(`${'['.repeat(300)}${']'.repeat(300)}`)).rejects.toThrow('deeper than 200');
    await expect(parseDocument(`a: ${'['.repeat(300)}${']'.repeat(300)}`)).rejects.toThrow('deeper than 200');
  });

  it('makes nothing but plain values by its tags', async () => {
    expect(await parseDocument('a: !!js/function "x"\nb: !foo bar\n')).toEqual({ a: 'x', b: 'bar' });
  });

  it('is read as YAML up to a size', async () => {
    await expect(parseDocument(`a: ${'x'.repeat(9_000_000)}`)).rejects.toThrow('convert the file to JSON');
  });
});
