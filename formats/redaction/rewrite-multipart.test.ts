import { describe, expect, it } from 'vitest';
import { masking, repeated } from '../testing/masking.ts';
import { rewriteMultipart } from './rewrite-multipart.ts';

const body = (...parts: string[]) => `${parts.map((part) => `--B\r\n${part}\r\n`).join('')}--B--\r\n`;
const field = (name: string, value: string) =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;

function rewritten(text: string, boundary = 'B') {
  const read: [string, string | undefined][] = [];
  const result = rewriteMultipart(text, boundary, masking().masker, (content, mime) => {
    read.push([content, mime]);
    return content === 'change me' ? 'changed' : content;
  });
  return { result, read };
}

describe('multipart bodies', () => {
  it('have fields with telling names masked; boundaries and heads stay', () => {
    expect(rewritten(body(field('password', 'Tr0ub4dor'), field('note', 'hello'))).result).toBe(
      body(field('password', '[redacted:password:1]'), field('note', 'hello')),
    );
  });

  it('have other parts read by their own type', () => {
    const json =
      'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{}';
    const file = 'content-disposition: form-data; name="token"; filename="a"\r\n\r\nabc123def456';
    const typed = 'Content-Type: image/png\r\n\r\nPNG';
    expect(rewritten(body(field('a', 'x'), json, file, typed)).read).toEqual([
      ['x', undefined],
      ['{}', 'application/json'],
      ['abc123def456', 'application/octet-stream'],
      ['PNG', 'image/png'],
    ]);
  });

  it('are put together again with what was changed in them', () => {
    expect(rewritten(body(field('a', 'change me'), field('b', 'x'))).result).toBe(
      body(field('a', 'changed'), field('b', 'x')),
    );
  });

  it('are read as one where there is no boundary, and as far as they go where they are cut', () => {
    expect(rewritten('change me', '').result).toBe('changed');
    expect(rewritten(`--B\r\n${field('password', 'Tr0ub4dor')}`).result).toBe(
      `--B\r\n${field('password', '[redacted:password:1]')}`,
    );
    expect(rewritten('no boundary in here').result).toBe('no boundary in here');
    expect(rewritten('--B\r\nno head end\r\n--B--').result).toBe('--B\r\nno head end\r\n--B--');
  });

  it.each(['--B', '--B\r\n\r\n', '--B\r\nx: y\r\n\r\n', '\r\n'])('take linear time in %j', (piece) => {
    const started = performance.now();
    rewritten(repeated(piece));
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
