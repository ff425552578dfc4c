import { describe, expect, it } from 'vitest';
import { ChunkedReader } from './chunked-reader.ts';
import { DEFAULT_LIMITS } from './limits.ts';

function reader() {
  const said: unknown[] = [];
  const chunked = new ChunkedReader(
    {
      data: (bytes) => said.push(bytes),
      chunkExtension: (text) => said.push(text),
      trailers: (fields) => said.push(fields),
    },
    DEFAULT_LIMITS,
  );
  return { said, chunked };
}

const read = (text: string) => {
  const { said, chunked } = reader();
  const bytes = Buffer.from(text, 'latin1');
  return { said, used: chunked.read(bytes, 0), done: chunked.done, bytes };
};

describe('ChunkedReader', () => {
  it('hands out data as views of what was pushed', () => {
    const { said, bytes } = read('3\r\nabc\r\n0\r\n\r\n');
    expect(said).toEqual([Buffer.from('abc'), []]);
    expect((said[0] as Buffer).buffer).toBe(bytes.buffer);
  });

  it('stops after the end of the body and leaves the rest', () => {
    const { used, done } = read('0\r\n\r\nGET / HTTP/1.1');
    expect({ used, done }).toEqual({ used: 5, done: true });
  });

  it('reads sizes in either case and with leading zeros', () => {
    const { said } = read(`00A\r\n${'x'.repeat(10)}\r\na\r\n${'y'.repeat(10)}\r\n000\r\n\r\n`);
    expect(said).toEqual([Buffer.from('x'.repeat(10)), Buffer.from('y'.repeat(10)), []]);
  });

  it('begins in the middle of a buffer', () => {
    const { said, chunked } = reader();
    expect(chunked.read(Buffer.from('head1\r\na\r\n0\r\n\r\n'), 4)).toBe(15);
    expect(said).toEqual([Buffer.from('a'), []]);
  });

  it.each(['', 'g', '0x1', '+1', '-1', ' 1', '1 ', '1 2', '10000000000000', 'ffffffffffffffff', ';a', '1\0'])(
    'refuses the size line %j',
    (line) => expect(() => read(`${line}\r\n`)).toThrow(expect.objectContaining({ code: 'chunk', at: 0 })),
  );

  it.each(['5\nhello', '1\r\nab', '1\r\na\n', '1\r\na\rx'])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'chunk' }));
  });

  it('places a fault that began in an earlier buffer before the one in hand', () => {
    const { chunked } = reader();
    chunked.read(Buffer.from('zz'), 0);
    expect(() => chunked.read(Buffer.from('\r\n'), 0)).toThrow(
      expect.objectContaining({ code: 'chunk', at: -2 }),
    );
  });
});
