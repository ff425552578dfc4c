import { describe, expect, it } from 'vitest';
import { HeadBuffer } from './head-buffer.ts';

const requests = (limit: number) => new HeadBuffer(limit, { requests: true, lenient: false });
const responses = (limit: number) => new HeadBuffer(limit, { requests: false, lenient: false });
const HEAD = 'GET / HTTP/1.1\r\nA: b\r\n\r\n';

describe('HeadBuffer', () => {
  it('finds a head within one buffer', () => {
    const bytes = Buffer.from(`xx${HEAD}rest`);
    expect(responses(100).add(bytes, 2)).toEqual({ used: HEAD.length, text: HEAD });
  });

  it('makes a byte string of it', () => {
    const bytes = Buffer.from('GET /\xe9\xff HTTP/1.1\r\n\r\n', 'latin1');
    expect(requests(100).add(bytes, 0).text).toBe('GET /\xe9\xff HTTP/1.1\r\n\r\n');
  });

  it('gathers a head octet by octet and is empty again afterwards', () => {
    const heads = responses(100);
    const results = [...HEAD].map((char) => heads.add(Buffer.from(char), 0));
    expect(results.slice(0, -1).every(({ used, text }) => used === 1 && text === undefined)).toBe(true);
    expect(results.at(-1)?.text).toBe(HEAD);
    expect(heads.empty).toBe(true);
  });

  it('skips empty lines only when told to', () => {
    expect(requests(100).add(Buffer.from(`\r\n\r\n${HEAD}`), 0)).toEqual({ used: 4 });
    expect(responses(100).add(Buffer.from('\r\n\r\n'), 0).text).toBe('\r\n\r\n');
  });

  it('skips an empty line that arrives in halves', () => {
    const heads = requests(100);
    expect(heads.add(Buffer.from('\r'), 0).used).toBe(1);
    expect(heads.add(Buffer.from('\nGET'), 0).used).toBe(1);
    expect(heads.empty).toBe(true);
  });

  it('gives up at once on a bare LF', () => {
    expect(requests(100).add(Buffer.from('GET / HTTP/1.1\nHost'), 0).text).toBeDefined();
  });

  it('refuses a head over the limit, told from where it began', () => {
    expect(() => responses(10).add(Buffer.from('xxGET / HTTP/1.1'), 2)).toThrow(
      expect.objectContaining({ code: 'head-too-large', at: 2 }),
    );
    const heads = responses(10);
    heads.add(Buffer.from('GET /'), 0);
    expect(() => heads.add(Buffer.from(' HTTP/1.1'), 0)).toThrow(
      expect.objectContaining({ code: 'head-too-large', at: -5 }),
    );
  });

  it('hands out what it holds', () => {
    const heads = responses(100);
    heads.add(Buffer.from('GET'), 0);
    expect(heads.take().toString()).toBe('GET');
    expect(heads.length).toBe(0);
  });
});
