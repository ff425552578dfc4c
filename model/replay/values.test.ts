import { describe, expect, it } from 'vitest';
import { valuesOf, valuesOfLines } from './values.ts';

describe('values as people write them', () => {
  it.each([
    ['1..3', ['1', '2', '3']],
    ['3..1', ['3', '2', '1']],
    ['-1..1', ['-1', '0', '1']],
    ['0..100/50', ['0', '50', '100']],
    ['0..10/4', ['0', '4', '8']],
    ['008..011', ['008', '009', '010', '011']],
    ['7..7', ['7']],
    [' 1..2 ', ['1', '2']],
    ['a,b,c', ['a', 'b', 'c']],
    ['a', ['a']],
    ['', ['']],
    ['a,', ['a', '']],
    [',a', ['', 'a']],
    [',', ['', '']],
    ['a\\,b,c', ['a,b', 'c']],
    ['a\\\\,b', ['a\\', 'b']],
    ['a\\b', ['a\\b']],
    ['1..', ['1..']],
    ['1..2..3', ['1..2..3']],
    ['{"a":1}', ['{"a":1}']],
  ])('%j is %j', (text, values) => expect(valuesOf(text)).toEqual(values));

  it.each(['1..10001', '0..999999999999999', Array(10_002).fill('x').join(',')])(
    'are refused where there are too many',
    (text) => expect(() => valuesOf(text)).toThrow(expect.objectContaining({ code: 'too-large' })),
  );

  it('are refused where they never end', () =>
    expect(() => valuesOf('1..2/0')).toThrow(expect.objectContaining({ code: 'usage' })));

  it('are lines of a file', () => expect(valuesOfLines('a\r\nb,c\n\n d\n')).toEqual(['a', 'b,c', ' d']));
});
