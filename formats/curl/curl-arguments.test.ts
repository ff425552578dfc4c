import { describe, expect, it } from 'vitest';
import { curlArguments, curlConfig } from './curl-arguments.ts';
import { nameOfLetter, takesArgument } from './option-table.ts';

const settings = (...args: string[]) =>
  curlArguments(args).map(({ name, value }) => (value === '' ? name : `${name}=${value}`));

describe('arguments', () => {
  it('are long options, letters and addresses, in order', () => {
    expect(settings('--request', 'PUT', '-H', 'A: b', 'a.test', '-v', '--url', 'b.test')).toEqual([
      'request=PUT',
      'header=A: b',
      'url=a.test',
      'verbose',
      'url=b.test',
    ]);
  });

  it('letters may be joined, the last with its argument', () => {
    expect(settings('-sSLXPOST', '-dx=1', '-sd', 'y', '-kI')).toEqual([
      'silent',
      'show-error',
      'location',
      'request=POST',
      'data=x=1',
      'silent',
      'data=y',
      'insecure',
      'head',
    ]);
  });

  it('an argument may look like an option, and be empty', () => {
    expect(curlArguments(['-d', '-x', '-H', '', '--data-raw', '--help'])).toEqual([
      { name: 'data', value: '-x' },
      { name: 'header', value: '' },
      { name: 'data-raw', value: '--help' },
    ]);
  });

  it('after two dashes are addresses', () => {
    expect(settings('--', '-x')).toEqual(['url=-x']);
  });

  it('may be joined by an equals sign, as other programs take them', () => {
    expect(settings('--request=PUT', '--data=a=b')).toEqual(['request=PUT', 'data=a=b']);
  });

  it('that are missing say which', () => {
    expect(() => curlArguments(['-X'])).toThrow("curl's option -X has no value");
    expect(() => curlArguments(['a', '--header'])).toThrow('--header');
  });

  it('of unknown names are switches', () => {
    expect(settings('--brand-new', 'a.test', '-9')).toEqual(['brand-new', 'url=a.test', '9']);
  });
});

describe('the table of options', () => {
  it('knows what takes an argument', () => {
    expect(['header', 'data', 'form', 'max-time', 'proxy'].every(takesArgument)).toBe(true);
    expect(['silent', 'get', 'head', 'insecure', 'compressed'].some(takesArgument)).toBe(false);
    expect(['X', 'H', 'd', 'F', 'b', 'u', 'A', 'e'].map(nameOfLetter).every(takesArgument)).toBe(true);
    expect(nameOfLetter('9')).toBe('9');
  });
});

describe('a config file', () => {
  const config = (text: string) =>
    curlConfig(text).map(({ name, value }) => (value === '' ? name : `${name}=${value}`));

  it('has an option a line, its value after blanks, colon or equals sign', () => {
    expect(
      config('url = "a.test"\r\n# comment\nrequest PUT\nheader: "A: b"\n\n-v\n--user x:y\nsilent\n'),
    ).toEqual(['url=a.test', 'request=PUT', 'header=A: b', 'verbose', 'user=x:y', 'silent']);
  });

  it('has escapes in quotation marks alone', () => {
    expect(config('data-raw = "a\\"b\\\\c\\n\\td" ignored')).toEqual(['data-raw=a"b\\c\n\td']);
    expect(config('data-raw = a\\nb more')).toEqual(['data-raw=a\\nb']);
  });
});
