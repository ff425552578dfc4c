import { describe, expect, it } from 'vitest';
import { HeadBuffer } from './head-buffer.ts';

const HEAD = 'GET / HTTP/1.1\r\nA: b\r\n\r\n';

describe('HeadBuffer', () => {
  it('hands out a head within one buffer as a view', () => {
    const bytes = Buffer.from(`xx${HEAD}rest`);
    const { used, bytes: head } = new HeadBuffer(100, false).add(bytes, 2);
    expect(used).toBe(HEAD.length);
    expect(head?.toString()).toBe(HEAD);
    expect(head?.buffer).toBe(bytes.buffer);
  });

  it('gathers a head octet by octet and is empty again afterwards', () => {
    const heads = new HeadBuffer(100, false);
    const results = [...HEAD].map((char) => heads.add(Buffer.from(char), 0));
    expect(results.slice(0, -1).every(({ used, bytes }) => used === 1 && bytes === undefined)).toBe(true);
    expect(results.at(-1)?.bytes?.toString()).toBe(HEAD);
    expect(heads.empty).toBe(true);
  });

  it('skips empty lines only when told to', () => {
    expect(new HeadBuffer(100, true).add(Buffer.from(`\r\n\r\n${HEAD}`), 0)).toEqual({ used: 4 });
    expect(new HeadBuffer(100, false).add(Buffer.from('\r\n\r\n'), 0).bytes?.toString()).toBe('\r\n\r\n');
  });

  it('skips an empty line that arrives in halves', () => {
    const heads = new HeadBuffer(100, true);
    expect(heads.add(Buffer.from('\r'), 0).used).toBe(1);
    expect(heads.add(Buffer.from('\nGET'), 0).used).toBe(1);
    expect(heads.empty).toBe(true);
  });

  it('gives up at once on a bare LF', () => {
    expect(new HeadBuffer(100, true).add(Buffer.from('GET / HTTP/1.1\nHost'), 0).bytes).toBeDefined();
  });

  it('refuses a head over the limit, told from where it began', () => {
    expect(() => new HeadBuffer(10, false).add(Buffer.from('xxGET / HTTP/1.1'), 2)).toThrow(
      expect.objectContaining({ code: 'head-too-large', at: 2 }),
    );
    const heads = new HeadBuffer(10, false);
    heads.add(Buffer.from('GET /'), 0);
    expect(() => heads.add(Buffer.from(' HTTP/1.1'), 0)).toThrow(
      expect.objectContaining({ code: 'head-too-large', at: -5 }),
    );
  });

  it('hands out what it holds', () => {
    const heads = new HeadBuffer(100, false);
    heads.add(Buffer.from('GET'), 0);
    expect(heads.take().toString()).toBe('GET');
    expect(heads.length).toBe(0);
  });
});
