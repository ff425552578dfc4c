import { describe, expect, it } from 'vitest';
import { cmdWords, runtimeArguments } from './cmd-words.ts';

const words = (text: string) => cmdWords(text).commands.map((command) => command.words);

describe("the C runtime's arguments", () => {
  // The table of Microsoft's "Parsing C command-line arguments".
  it.each([
    ['"abc" d e', ['abc', 'd', 'e']],
    ['a\\\\b d"e f"g h', ['a\\\\b', 'de fg', 'h']],
    ['a\\\\\\"b c d', ['a\\"b', 'c', 'd']],
    ['a\\\\\\\\"b c" d e', ['a\\\\b c', 'd', 'e']],
    ['"" x', ['', 'x']],
    ['"a\\\\" b', ['a\\', 'b']],
    ['', []],
  ])('of %s', (line, expected) => {
    expect(runtimeArguments(line)).toEqual(expected);
  });
});

describe('a line at the prompt', () => {
  it('goes on after a caret', () => {
    expect(words('curl "https://a.test/" ^\n  -H "A: b" ^\n  --compressed')).toEqual([
      ['curl', 'https://a.test/', '-H', 'A: b', '--compressed'],
    ]);
  });

  it('loses its carets, but not those in quotation marks', () => {
    expect(words('curl ^"a^&b^" "c^d" e^^f')).toEqual([['curl', 'a&b', 'c^d', 'e^f']]);
  });

  it('as Chrome copies it: every mark has a caret', () => {
    const text = 'curl ^"https://a.test/?x=1^&y=^%^20^" ^\n  --data-raw ^"^{^\\^"a^\\^":^\\^"b^\\^"^}^"';
    expect(words(text)).toEqual([['curl', 'https://a.test/?x=1&y=%20', '--data-raw', '{"a":"b"}']]);
  });

  it('holds a line end after a caret and an empty line', () => {
    expect(words('curl -d ^"a^\n\nb^"')).toEqual([['curl', '-d', 'a\nb']]);
  });

  it('is another command after an operator or a line end', () => {
    expect(words('curl a & curl b | more\ncurl c >out.txt 2>&1')).toEqual([
      ['curl', 'a'],
      ['curl', 'b'],
      ['more'],
      ['curl', 'c', '2'],
    ]);
  });

  it('says which variables it does not know', () => {
    expect(cmdWords('curl "%TOKEN%/a%20b"')).toMatchObject({
      commands: [{ words: ['curl', '%TOKEN%/a%20b'] }],
      unknown: ['%TOKEN%'],
    });
  });
});
