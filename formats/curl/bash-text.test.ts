/** The words that bash itself makes of the text: a function named curl prints its arguments. write-curl.test.ts lets the real one send. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteString } from '../octets.ts';
import { runBash } from '../testing/echo-server.ts';
import { bashCommand } from './bash-text.ts';
import type { CurlOption } from './curl-options.ts';

const NONE = new Uint8Array();

/** What curl is given: its arguments and its standard input, as byte strings. */
async function given(options: readonly CurlOption[], body: Uint8Array) {
  const command = bashCommand(options, body);
  const fake = `curl() { printf '%s\\0' "$@"; printf 'stdin:'; cat; }; ${command}`;
  const output = byteString(await runBash(fake));
  const words = output.split('\0');
  const stdin = words.slice(words.findIndex((word) => word.startsWith('stdin:'))).join('\0');
  return {
    words: words.slice(
      0,
      words.findIndex((word) => word.startsWith('stdin:')),
    ),
    stdin: stdin.slice(6),
  };
}

describe('bashCommand', () => {
  it('puts one option on a line', () => {
    const options = [
      { name: '--url', value: 'http://a.test/' },
      { name: '--head' },
      { name: '--header', value: 'A: b' },
    ];
    expect(bashCommand(options, NONE)).toBe("curl 'http://a.test/' \\\n  --head \\\n  --header 'A: b'");
  });

  it('gives every value as it is', async () => {
    const value = fc
      .uint8Array({ min: 1, maxLength: 40 })
      .map(byteString)
      .filter((text) => text !== '');
    const nasty = fc.string({ unit: fc.constantFrom(...'\'"\\$`!\n\r\t #&;|<>%0a'), minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(value, nasty), { minLength: 1, maxLength: 20 }), async (values) => {
        const options = values.map((one) => ({ name: '--header', value: one }));
        const { words } = await given(options, NONE);
        expect(words).toEqual(values.flatMap((one) => ['--header', one]));
      }),
      { numRuns: 12 },
    );
  });

  it('gives a body as an argument while it can be one', async () => {
    const body = Uint8Array.from({ length: 255 }, (_, i) => i + 1);
    const { words } = await given([], body);
    expect(words).toEqual(['--data-raw', byteString(body)]);
  });

  it.each([
    ['NUL octets', Uint8Array.of(0, 1, 255, 0x38, 0, 0x37)],
    ['more than an argument holds', new Uint8Array(300_000).fill(0x27)],
  ])('gives a body with %s on standard input', async (_, body) => {
    const { words, stdin } = await given([], body);
    expect(words).toEqual(['--data-binary', '@-']);
    expect(stdin).toBe(byteString(body));
  });
});
