import { describe, expect, it } from 'vitest';
import { powershellTokens, powershellWords } from './powershell-words.ts';

const words = (text: string) => powershellWords(text).commands.map((command) => command.words);
const strings = (text: string) => powershellTokens(text).tokens.map((token) => token.text);

describe('strings', () => {
  it.each([
    ["'it''s $x `n'", "it's $x `n"],
    ['"a ""b"" `"c`" `$d `` `n`t"', 'a "b" "c" $d ` \n\t'],
    [
      '"E is $([char]8364) or $([char]0x20ac) or `u{20ac}"',
      'E is \xe2\x82\xac or \xe2\x82\xac or \xe2\x82\xac',
    ],
    ["@'\na 'b' \"c\" '@\n'@", "a 'b' \"c\" '@"],
    ['@"\na `"b`" c\n"@', 'a "b" c'],
    ["''", ''],
  ])('%s', (text, expected) => {
    expect(strings(text)[0]).toBe(expected);
  });

  it('that are not closed are cut off', () => {
    for (const text of ["'a", '"a', "@'\na", '"a`"'])
      expect(() => powershellTokens(text)).toThrow('not closed');
  });
});

describe('commands', () => {
  it('go on after a backtick', () => {
    expect(words('curl.exe \'https://a.test/\' `\n  -H "A: b" `\n  -d x')).toEqual([
      ['curl.exe', 'https://a.test/', '-H', 'A: b', '-d', 'x'],
    ]);
  });

  it('end at line ends and semicolons', () => {
    expect(words('curl.exe a; curl.exe b\n# a comment\ncurl.exe c # and one\n')).toEqual([
      ['curl.exe', 'a'],
      ['curl.exe', 'b'],
      ['curl.exe', 'c'],
    ]);
  });

  it('have a string that is piped into them on standard input', () => {
    expect(powershellWords('@\'\nurl = "a"\n\'@ | curl.exe --config -').commands).toEqual([
      { words: ['curl.exe', '--config', '-'], input: 'url = "a"\n' },
    ]);
    expect(powershellWords("& { $OutputEncoding = 1; 'x' | curl.exe -d '@-' }").commands.at(-1)).toEqual({
      words: ['curl.exe', '-d', '@-'],
      input: 'x\n',
    });
  });

  it('keep words together that are written together', () => {
    expect(words("curl.exe -H'A: b' --data=a,b x='y z'")).toEqual([
      ['curl.exe', '-HA: b', '--data=a,b', 'x=y z'],
    ]);
  });

  it('take backslashes off that were put there for Windows PowerShell', () => {
    expect(words('curl.exe -d \'{\\"a\\":\\"b\\"}\' -d \'{"c":"\\""}\'')).toEqual([
      ['curl.exe', '-d', '{"a":"b"}', '-d', '{"c":"\\""}'],
    ]);
  });

  it('say what only PowerShell knows', () => {
    expect(powershellWords('curl.exe -H "A: $token $(Get-Date) ${x y}"').unknown).toEqual([
      '$token',
      '$(Get-Date)',
      '${x y}',
    ]);
  });
});
