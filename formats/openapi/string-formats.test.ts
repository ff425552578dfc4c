import { describe, expect, it } from 'vitest';
import { cpuTime } from '../testing/cpu-time.ts';
import { STRING_FORMATS, writtenValue } from './string-formats.ts';

const formatsOf = (text: string) =>
  STRING_FORMATS.filter(({ matches }) => matches(text)).map(({ name }) => name);

describe('formats', () => {
  it.each([
    ['2025-06-15T15:06:40.123Z', 'date-time'],
    ['2025-06-15T15:06:40+02:00', 'date-time'],
    ['2025-06-15', 'date'],
    ['6f1c2d3e-0000-4000-8000-0123456789ab', 'uuid'],
    ['me@acme.test', 'email'],
    ['https://acme.test/x', 'uri'],
    ['192.168.0.255', 'ipv4'],
  ])('%s is %s', (text, name) => {
    expect(formatsOf(text)).toEqual([name]);
  });

  it.each([
    '',
    'x',
    '2025-13-01',
    '2025-06-15T',
    '1.2.3',
    '1.2.3.4.',
    '256.1.1.1',
    'a@b',
    'http:',
    '6f1c2d3e',
  ])('%j has none', (text) => {
    expect(formatsOf(text)).toEqual([]);
  });

  it('take time in proportion to the text', () => {
    const spent = cpuTime();
    for (const text of ['1.', 'a@', '@', 'a', '-', '2025-']) formatsOf(text.repeat(100_000));
    expect(spent()).toBeLessThan(5000);
  });
});

describe('a value as it is written', () => {
  it.each([
    ['1', 1],
    ['-2.5', -2.5],
    ['0', 0],
    ['true', true],
    ['false', false],
    ['007', '007'],
    ['1e5', '1e5'],
    ['12345678901234567890', '12345678901234567890'],
    ['', ''],
    ['x', 'x'],
  ])('%j', (text, value) => {
    expect(writtenValue(text)).toBe(value);
  });
});
