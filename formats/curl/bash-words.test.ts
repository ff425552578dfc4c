/** Every text is also given to the real bash: what it hands a program is what the reader says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteString, utf8ByteString } from '../octets.ts';
import { cpuTime } from '../testing/cpu-time.ts';
import { runBash } from '../testing/echo-server.ts';
import { bashWords } from './bash-words.ts';

const words = (text: string) => bashWords(text).commands.map((command) => command.words);

/** What bash itself makes of the words after `curl`. */
async function byBash(text: string): Promise<string[]> {
  const output = byteString(await runBash(`curl() { printf '%s\\0' "$@"; }\n${text}\n`));
  return output.split('\0').slice(0, -1);
}

describe('words', () => {
  it.each([
    ['curl \'it is\' "here" plain'],
    ["curl 'a'\\''b' \"c\"'d'e\\ f"],
    ['curl "a \\" b \\\\ c \\n d \\$e"'],
    ["curl $'a\\nb\\t\\x41\\101\\'\\\\ \\e\\cA'"],
    ["curl $'\\xc3\\xa9\\377' x"],
    ['curl \\\n  -H a \\\n  -d "b \\\nc"'],
    ['curl a # a comment\n'],
    ['curl a#b \'\' ""'],
    ['curl é 中'],
    ["curl -d 'line\nanother'"],
    ['curl a 2> /dev/null 3>&1'],
    ['curl "a!b" \\! "\\!"'],
    ['curl a"b"c$\'d\''],
  ])('of %j are what bash makes of it', async (text) => {
    const bytes = utf8ByteString(text);
    expect(words(bytes)).toEqual([['curl', ...(await byBash(text))]]);
  });

  it('of any quoted text are what bash makes of it', async () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'ab "\\\n#;&') }).map((text) => `'${text}'`),
      fc.string({ unit: fc.constantFrom(..."ab '#;&\n") }).map((text) => `"${text}"`),
      fc
        .string({ unit: fc.constantFrom('a', '\\n', '\\x41', '\\\\', "\\'", '\\7', '"') })
        .map((text) => `$'${text}'`),
      fc.constantFrom('plain', '\\ ', '\\"', ' '),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        const text = `curl x${pieces.join('')}`;
        expect(words(text)).toEqual([['curl', ...(await byBash(text))]]);
      }),
      { numRuns: 12 },
    );
  });

  it('\\u is the character in UTF-8, as in a UTF-8 terminal', () => {
    expect(words("curl $'\\u00e9\\U0001f680'")).toEqual([['curl', utf8ByteString('é🚀')]]);
  });

  it('an address without quotation marks keeps its ampersands', () => {
    expect(words('curl https://a.test/?x=1&y=2 -v')).toEqual([['curl', 'https://a.test/?x=1&y=2', '-v']]);
    expect(words('curl https://a.test/ & echo')).toEqual([['curl', 'https://a.test/'], ['echo']]);
  });
});

describe('commands', () => {
  it('end at line ends, semicolons and the like', () => {
    expect(words('a b; c && d || e\nf')).toEqual([['a', 'b'], ['c'], ['d'], ['e'], ['f']]);
  });

  it.each([
    ["printf '%s' 'a\\n' | curl -d @-", 'a\\n'],
    ["printf '%b' 'a\\0101\\\\\\n' | curl -d @-", 'aA\\\n'],
    ['echo "a b" | curl -d @-', 'a b\n'],
    ['echo -n a | curl -d @-', 'a'],
    ['curl -d @- <<< "a b"', 'a b\n'],
    ["curl -d @- <<'END'\na $b\nEND\n", 'a $b\n'],
    ['curl -d @- <<-END\n\ta\n\tEND\n', 'a\n'],
  ])('%j have that on standard input', (text, input) => {
    expect(bashWords(text).commands).toEqual([{ words: ['curl', '-d', '@-'], input }]);
  });

  it('whose input is not known say so', () => {
    expect(bashWords('jq . x | curl -d @-')).toEqual({
      commands: [{ words: ['curl', '-d', '@-'] }],
      unknown: ['output of another program'],
    });
    expect(bashWords('curl -d @- < file').unknown).toEqual(['the file file']);
  });
});

describe('what only a running shell knows', () => {
  it('stays as it is, and is told', () => {
    const { commands, unknown } = bashWords('curl -H "A: $TOKEN ${X:-y}" `pwd` $(cat x) \'$not\' "5$"');
    expect(commands[0]?.words.slice(2)).toEqual(['A: $TOKEN ${X:-y}', '`pwd`', '$(cat x)', '$not', '5$']);
    expect(unknown).toEqual(['$TOKEN', '${X:-y}', '`pwd`', '$(cat x)']);
  });

  it.each(["curl 'a", 'curl "a', "curl $'a\\'", 'curl <<X\na', 'curl "a\\'])('%j is cut off', (text) => {
    expect(() => bashWords(text)).toThrow(/is not closed/);
  });

  it('takes time in proportion to the text', () => {
    const spent = cpuTime();
    for (const text of ["'\\''", '\\', '$', '`', '"$', '${', '$(', 'a`', '#', "$'\\"]) {
      try {
        bashWords(`curl ${text.repeat(50_000)}`);
      } catch {
        // Cut off is fine; long is not.
      }
    }
    expect(spent()).toBeLessThan(5000);
  });
});
