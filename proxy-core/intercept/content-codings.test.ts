import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codingsOf, decodeContent, encodeContent } from './content-codings.ts';

describe('content codings', () => {
  it('are read in the order they were applied', () => {
    expect(
      codingsOf([
        ['Content-Encoding', 'deflate, GZIP'],
        ['content-encoding', 'identity, br'],
      ]),
    ).toEqual(['deflate', 'gzip', 'br']);
  });

  it.each([[[]], [['gzip']], [['deflate']], [['br']], [['zstd']], [['gzip', 'br']]])(
    '%j there and back',
    async (codings) => {
      const content = Buffer.from('content '.repeat(100));
      const coded = await encodeContent(content, codings);
      expect(coded.equals(content)).toBe(codings.length === 0);
      expect(await decodeContent(coded, codings, 10_000)).toEqual(content);
    },
  );

  it('R5 decode to no more than the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    await expect(decodeContent(bomb, ['gzip'], 1_000_000)).rejects.toThrow(/cannot be read/);
  });

  it('that are not known, or a body that is damaged, are said', async () => {
    await expect(decodeContent(Buffer.from('xx'), ['sdch'], 100)).rejects.toThrow(/"sdch" is not known/);
    await expect(decodeContent(Buffer.from('not gzip'), ['gzip'], 100)).rejects.toThrow(/damaged/);
    await expect(encodeContent(Buffer.from('x'), ['sdch'])).rejects.toThrow(/"sdch" is not known/);
    expect(await decodeContent(Buffer.alloc(0), ['gzip'], 100)).toHaveLength(0);
  });
});
