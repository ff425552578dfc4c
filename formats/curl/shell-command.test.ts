import { describe, expect, it } from 'vitest';
import { runBash } from '../testing/echo-server.ts';
import { knownOutput, unclosed } from './shell-command.ts';

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

describe('output that is known without running anything', () => {
  it.each([
    [['echo', 'a', 'b']],
    [['echo', '-n', 'a b']],
    [['echo']],
    [['printf', '%s', 'a\\n']],
    [['printf', '%b', 'a\\n\\t\\r\\\\\\0101\\0377\\00x']],
    [['printf', '%b', '\\q']],
  ])('of %j is what bash prints', async (words) => {
    const printed = await runBash(words.map(quoted).join(' '));
    expect(knownOutput({ words })).toBe(printed.toString('latin1'));
  });

  it.each([[['cat', 'file']], [['printf', '%d', '1']], [['printf', '%s']], [[]]])(
    'is none of %j',
    (words) => {
      expect(knownOutput({ words })).toBeUndefined();
    },
  );
});

it('says in which line the trouble begins', () => {
  expect(() => unclosed('quotation mark', "a\nb 'c", 4)).toThrow(
    'The quotation mark in line 2 is not closed',
  );
});
