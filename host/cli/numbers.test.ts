import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { count, gathered, perSecond, portNumber, requests, seconds, sessionNumber } from './numbers.ts';

const NONSENSE = ['', ' ', 'x', '1x', '-1', '1e3', '0x10', '1.5.2', 'NaN', 'Infinity', '١'];

describe.each([
  ['a port', portNumber, ['0', '80', '65535'], ['65536', '1.5']],
  ['a session', sessionNumber, ['1', '9007199254740991'], ['0', '9007199254740992', '1.5']],
  ['a count', count, ['0', '10'], ['1.5']],
  ['a number of requests', requests, ['1', '1000'], ['0', '1001', '1.5']],
  ['a rate', perSecond, ['10', '0.1', '2.5'], ['0', '0.05', '10.1']],
  ['a time', seconds, ['1', '0.2', '2000000'], ['0', '2000001']],
] as const)('%s', (_, parse, right, wrong) => {
  it.each(right)('may be %s', (text) => expect(parse(text)).toBe(Number(text)));

  it.each([...wrong, ...NONSENSE])('is not %j, and the error says what is', (text) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
    expect(() => parse(text)).toThrow(/^give .*\.$/);
  });
});

it('an option given several times is a list', () => {
  expect(gathered('a')).toEqual(['a']);
  expect(gathered('b', gathered('a'))).toEqual(['a', 'b']);
});
