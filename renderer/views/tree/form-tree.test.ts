import { describe, expect, it } from 'vitest';
import { multipartTree, urlEncodedTree } from './form-tree.ts';
import type { TreeNode } from './tree-node.ts';

const lines = (node: TreeNode): string[] =>
  (node.children?.() ?? []).flatMap((child) => [
    `${child.key}: ${child.kind} ${child.text}`.trim(),
    ...lines(child).map((line) => `  ${line}`),
  ]);
const multipart = (text: string, boundary = 'b x') =>
  lines(multipartTree(new TextEncoder().encode(text), boundary));

describe('a urlencoded form', () => {
  it('is its fields, decoded, in order, with duplicates', () => {
    expect(lines(urlEncodedTree('b=1+2&a=%C3%BC&b=&c\n'))).toEqual([
      'b: string 1 2',
      'a: string ü',
      'b: string',
      'c: string',
    ]);
  });
});

describe('a multipart body', () => {
  it('has plain fields as values and files with what is told of them', () => {
    const body =
      'preamble\r\n--b x\r\nContent-Disposition: form-data; name="title"\r\n\r\nA "title"\r\nof two lines\r\n' +
      '--b x \r\nContent-Disposition: form-data; name="f"; filename="a\\"ü.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b x--\r\nepilogue';
    expect(multipart(body)).toEqual([
      'title: string A "title"\r\nof two lines',
      'f: object a"ü.txt',
      '  Content-Disposition: string form-data; name="f"; filename="a\\"Ã¼.txt"',
      '  Content-Type: string text/plain',
      '  content: string hello',
    ]);
  });

  it('shows what is no text as bytes, and numbers parts without a name', () => {
    expect(
      multipart('--b x\r\nContent-Type: image/png\r\n\r\n\x01\x02\r\n--b x\r\n\r\nbare\r\n--b x--'),
    ).toEqual([
      '0: object image/png',
      '  Content-Type: string image/png',
      '  value: bytes 01 02',
      '1: string bare',
    ]);
  });

  it('says that the last part has no end', () => {
    expect(multipart('--b x\r\nContent-Disposition: form-data; name=a\r\n\r\ncut of').at(-1)).toBe(
      ': error the last part has no end',
    );
  });

  it('refuses what has no boundary', () => {
    expect(() => multipartTree(new Uint8Array(), undefined)).toThrow('names no boundary');
    expect(() => multipart('x')).toThrow('does not occur');
  });

  it('takes linear time on a body of beginnings', () => {
    const started = performance.now();
    multipart(`--b x\r\n\r\n${'\r\n--b '.repeat(100_000)}`);
    // Ample: a quadratic search takes minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
