import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { ChunkedReader } from './chunked-reader.ts';
import { DEFAULT_LIMITS, type WireLimits } from './limits.ts';

function reader(limits: Partial<WireLimits> = {}, lenient = false) {
  const said: (Buffer | string | HeaderPair[])[] = [];
  const chunked = new ChunkedReader(
    {
      data: (bytes) => said.push(bytes),
      chunkExtension: (text) => said.push(text),
      trailers: (fields) => said.push(fields),
    },
    { ...DEFAULT_LIMITS, ...limits },
    lenient,
  );
  /** Reads buffer[start, …) to the end of it or of the body. */
  const readAll = (buffer: Buffer, start = 0) => {
    let at = start;
    while (at < buffer.length && !chunked.done) at = chunked.read(buffer, at);
    return at;
  };
  return { said, chunked, readAll };
}

function read(text: string, limits?: Partial<WireLimits>, lenient?: boolean) {
  const { said, chunked, readAll } = reader(limits, lenient);
  const bytes = Buffer.from(text, 'latin1');
  return { said, used: readAll(bytes), done: chunked.done, bytes };
}

describe('ChunkedReader', () => {
  it('hands out data as views of what was pushed', () => {
    const { said, bytes } = read('3\r\nabc\r\n0\r\n\r\n');
    expect(said).toEqual([Buffer.from('abc'), []]);
    expect((said[0] as Buffer).buffer).toBe(bytes.buffer);
  });

  it('hands on a buffer that is all data as it is', () => {
    const { said, readAll } = reader();
    readAll(Buffer.from('5\r\n'));
    const data = Buffer.from('abc');
    readAll(data);
    expect(said[0]).toBe(data);
  });

  it('stops after the end of the body and leaves the rest', () => {
    const { used, done } = read('0\r\n\r\nGET / HTTP/1.1');
    expect({ used, done }).toEqual({ used: 5, done: true });
  });

  it('stops after everything it tells, so that a handler may pause', () => {
    const { said, chunked } = reader();
    const bytes = Buffer.from('1;x\r\na\r\n2\r\nbc\r\n0\r\n\r\n');
    const counts: number[] = [];
    for (let at = 0; at < bytes.length; counts.push(said.length)) at = chunked.read(bytes, at);
    expect(counts.every((count, i) => count - (counts[i - 1] ?? 0) <= 1)).toBe(true);
    expect(said).toHaveLength(4);
  });

  it('reads sizes in either case and with leading zeros', () => {
    const { said } = read(`00A\r\n${'x'.repeat(10)}\r\na\r\n${'y'.repeat(10)}\r\n000\r\n\r\n`);
    expect(said).toEqual([Buffer.from('x'.repeat(10)), Buffer.from('y'.repeat(10)), []]);
  });

  it('begins in the middle of a buffer', () => {
    const { said, readAll } = reader();
    expect(readAll(Buffer.from('head1\r\na\r\n0\r\n\r\n'), 4)).toBe(15);
    expect(said).toEqual([Buffer.from('a'), []]);
  });

  it('gives extensions as they stood, white space before the semicolon too', () => {
    expect(read('1;a=b;c="d e"\r\nx\r\n1 \t;\xff\r\ny\r\n0;last\r\n\r\n').said).toEqual([
      ';a=b;c="d e"',
      Buffer.from('x'),
      ' \t;\xff',
      Buffer.from('y'),
      ';last',
      [],
    ]);
  });

  it('reads trailers', () => {
    expect(read('0\r\nA: b\r\nA:c\r\n\r\n').said).toEqual([
      [
        ['A', 'b'],
        ['A', 'c'],
      ],
    ]);
  });
});

describe('faults', () => {
  it.each([
    ['', 0],
    ['g', 0],
    ['0x1', 1],
    ['+1', 0],
    ['-1', 0],
    [' 1', 0],
    ['1 ', 1],
    ['1 2', 1],
    ['10000000000000', 13],
    ['ffffffffffffffff', 13],
    [';a', 0],
    ['1\0', 1],
    ['1;a\0', 1],
    ['1;a\rb', 1],
    ['1\rx', 2],
    ['1\n', 1],
    ['1;\n', 1],
  ])('of the size line %j', (line, at) => {
    expect(() => read(`${line}\r\n`)).toThrow(expect.objectContaining({ code: 'chunk', at }));
  });

  it.each([
    ['5\nhello', 1],
    ['1\r\nab', 4],
    ['1\r\na\n', 4],
    ['1\r\na\rx', 5],
    ['0\r\n\rx', undefined],
  ])('of %j', (text, at) => {
    if (at === undefined)
      expect(() => read(`${text}\r\n\r\n`)).toThrow(expect.objectContaining({ code: 'line-end' }));
    else expect(() => read(text)).toThrow(expect.objectContaining({ code: 'chunk', at }));
  });

  it.each([
    ['0\r\nA: b\n\r\n', 'line-end', 7],
    ['0\r\n\n', 'line-end', 3],
    ['0\r\nA b\r\n\r\n', 'field-name', 3],
    ['0\r\nA : b\r\n\r\n', 'space-before-colon', 4],
    ['0\r\nA: b\r\n c\r\n\r\n', 'line-folding', 9],
  ])('of the trailers in %j', (text, code, at) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code, at }));
  });

  it('that began in an earlier buffer are placed before the one in hand', () => {
    const { readAll } = reader();
    readAll(Buffer.from('1;a\rb'));
    expect(() => readAll(Buffer.from('c\r\n'))).toThrow(expect.objectContaining({ code: 'chunk', at: -4 }));
  });
});

describe('limits hold at their boundary', () => {
  it('of all extensions together', () => {
    const limits = { chunkExtensions: 10 };
    expect(read('1;1234\r\na\r\n1;1234\r\nb\r\n', limits).said).toHaveLength(4);
    expect(() => read('1;1234\r\na\r\n1;12345\r\nb\r\n', limits)).toThrow(
      expect.objectContaining({ code: 'chunk-extensions-too-large', at: 12 }),
    );
  });

  it('of an extension that does not end, without waiting for its end', () => {
    const limits = { chunkExtensions: 10 };
    expect(read('1;123456789\r', limits).done).toBe(false);
    expect(() => read('1;1234567890', limits)).toThrow(
      expect.objectContaining({ code: 'chunk-extensions-too-large' }),
    );
  });

  it('of trailers, their empty line counted', () => {
    expect(read('0\r\nA: 34\r\n\r\n', { trailers: 9 }).done).toBe(true);
    expect(() => read('0\r\nA: 345\r\n\r\n', { trailers: 9 })).toThrow(
      expect.objectContaining({ code: 'trailers-too-large', at: 3 }),
    );
    expect(() => read(`0\r\nA: 3456${'x'.repeat(4)}`, { trailers: 9 })).toThrow(
      expect.objectContaining({ code: 'trailers-too-large' }),
    );
  });

  it('of the number of trailers', () => {
    expect(read('0\r\na:\r\nb:\r\n\r\n', { fields: 2 }).done).toBe(true);
    expect(() => read('0\r\na:\r\nb:\r\nc:\r\n\r\n', { fields: 2 })).toThrow(
      expect.objectContaining({ code: 'too-many-fields' }),
    );
  });

  it('and cost linear time when octets come one by one', () => {
    const started = performance.now();
    const { readAll, chunked } = reader({ trailers: 1_000_000, chunkExtensions: 1_000_000 });
    for (const text of [`1;${'x'.repeat(300_000)}\r\na\r\n`, `0\r\nA: ${'x'.repeat(300_000)}\r\n\r\n`]) {
      for (const octet of Buffer.from(text)) readAll(Buffer.of(octet));
    }
    expect(chunked.done).toBe(true);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('read leniently', () => {
  it.each(['0\r\nA: b\nC: d\0\n e\n\n', '0\r\nA: b\r\nC: d\0\r\n e\r\n\r\n'])(
    'the trailers of %j',
    (text) => {
      expect(read(text, {}, true)).toMatchObject({
        done: true,
        said: [
          [
            ['A', 'b'],
            ['C', 'd  e'],
          ],
        ],
      });
    },
  );

  it('ends at an empty line of either kind', () => {
    expect(read('0\r\n\n', {}, true)).toMatchObject({ done: true, said: [[]] });
    expect(read('0\r\nA: b\r\n\nrest', {}, true)).toMatchObject({ done: true, used: 10 });
  });

  it.each(['5\nhello', '1 \r\n', '1\r\nab'])('chunks are as strict: %j', (text) => {
    expect(() => read(text, {}, true)).toThrow(expect.objectContaining({ code: 'chunk' }));
  });
});
