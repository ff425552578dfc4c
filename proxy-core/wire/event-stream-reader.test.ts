import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divisions } from '../testing/wire-events.ts';
import { EventStreamReader } from './event-stream-reader.ts';

type Seen = Record<string, unknown>;

/** What a reader says of those octets: data as text, opcode left out. */
function read(pieces: readonly Uint8Array[], maxBytes?: number): Seen[] {
  const seen: Seen[] = [];
  const reader = new EventStreamReader(({ data, opcode, event, ...rest }) => {
    expect(opcode).toBe(1);
    seen.push({ data: Buffer.from(data).toString('utf8'), ...event, ...rest });
  }, maxBytes);
  for (const piece of pieces) reader.push(piece);
  reader.finish();
  return seen;
}

const events = (text: string) => read([Buffer.from(text)]);
const message = (data: string, more: Seen = {}) => ({ data, type: 'message', ...more });

describe('EventStreamReader', () => {
  it.each<[string, string, Seen[]]>([
    ['one line', 'data: hello\n\n', [message('hello')]],
    ['several lines, joined', 'data: YHOO\ndata: +2\ndata: 10\n\n', [message('YHOO\n+2\n10')]],
    [
      "the standard's second example",
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
      [message('first event', { id: '1' }), message('second event', { id: '' }), message(' third event')],
    ],
    [
      "the standard's third example",
      'data\n\ndata\ndata\n\ndata:\n\n',
      [message(''), message('\n'), message('')],
    ],
    ["the standard's fourth example", 'data:test\n\ndata: test\n\n', [message('test'), message('test')]],
    ['a type', 'event: add\ndata: 73857293\n\n', [{ data: '73857293', type: 'add' }]],
    [
      'a type for one event only',
      'event: a\ndata: 1\n\ndata: 2\n\n',
      [{ data: '1', type: 'a' }, message('2')],
    ],
    ['no type of a block without data', 'event: a\n\ndata: 2\n\n', [message('2')]],
    ['the last of two types', 'event: a\nevent: b\ndata: 1\n\n', [{ data: '1', type: 'b' }]],
    ['retry', 'retry: 3000\ndata: x\n\n', [message('x', { retry: 3000 })]],
    [
      'id and retry of a block without data, with the next event',
      'retry: 10\nid: 7\n\ndata: x\n\ndata: y\n\n',
      [message('x', { retry: 10, id: '7' }), message('y')],
    ],
    ['no retry that is not digits', 'retry: 1s\nretry:\nretry: -1\ndata: x\n\n', [message('x')]],
    ['no id with a NUL', 'id: a\0b\ndata: x\n\n', [message('x')]],
    [
      'comments and unknown fields, ignored',
      ':data: no\nfoo: bar\ndatax: no\n data: no\nDATA: no\ndata: x\n\n',
      [message('x')],
    ],
    ['a very long name, ignored', `${'data'.repeat(9000)}: no\ndata: x\n\n`, [message('x')]],
    ['colons in values', 'data: a:b: c\n\n', [message('a:b: c')]],
    [
      'one space after the colon taken off, no more and no tab',
      'data:  a\ndata:\tb\n\n',
      [message(' a\n\tb')],
    ],
    ['a byte order mark', '\ufeffdata: x\n\n', [message('x')]],
    ['one mark only', '\ufeff\ufeffdata: x\n\n', []],
    ['what began like a mark', '\ufedada: x\ndata: y\n\n', [message('y')]],
    ['other characters', 'event: Größe\nid: 日本\ndata: 🙂\n\n', [{ data: '🙂', type: 'Größe', id: '日本' }]],
    ['empty lines before and after', '\n\n\ndata: x\n\n\n\n', [message('x')]],
    ['nothing', '', []],
    ['comments alone', ':\n:\n\n:ping\n\n', []],
  ])('reads %s, in every division and with every line end', (_, text, expected) => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const bytes = Buffer.from(text.replaceAll('\n', lineEnd));
      expect(read([bytes])).toEqual(expected);
      if (bytes.length > 1000) continue;
      for (const pieces of divisions(bytes)) expect(read(pieces)).toEqual(expected);
    }
  });

  it('gives an event with its last octet and not a piece later (75)', () => {
    const seen: Uint8Array[] = [];
    const reader = new EventStreamReader(({ data }) => seen.push(data));
    reader.push(Buffer.from('data: a\r\n'));
    expect(seen).toHaveLength(0);
    reader.push(Buffer.from('\r'));
    expect(seen).toHaveLength(1);
    reader.push(Buffer.from('\ndata: b\n\n'));
    expect(seen).toHaveLength(2);
  });

  it('takes line ends of all kinds in one stream', () => {
    expect(events('data: a\rdata: b\r\ndata: c\n\rdata: d\n\n')).toEqual([message('a\nb\nc'), message('d')]);
  });

  it.each(['data: x', 'data: x\n', 'data: x\r\n', 'id: 1\ndata: x\nretry'])(
    'shows %j, which the end of the stream cut off',
    (text) => {
      expect(events(text)).toEqual([
        expect.objectContaining({ data: 'x', flaw: expect.stringMatching(/a browser discards it/) }),
      ]);
    },
  );

  it('shows nothing of an unfinished block without data', () => {
    expect(events('event: a\nid: 1')).toEqual([]);
  });

  it('says when data is not UTF-8', () => {
    const seen = read([Buffer.from('data: caf\xe9\n\n', 'latin1')]);
    expect(seen[0]?.flaw).toBe('not valid UTF-8');
  });

  it('owns the data it gives', () => {
    const seen: Uint8Array[] = [];
    const reader = new EventStreamReader(({ data }) => seen.push(data));
    const bytes = Buffer.from('data: hello\ndata: you\n\n');
    reader.push(bytes);
    bytes.fill(0);
    expect(Buffer.from(seen[0] ?? []).toString()).toBe('hello\nyou');
    expect(seen[0]?.buffer.byteLength).toBe(9);
  });
});

describe('limits', () => {
  it('keep so much of an event and count the rest', () => {
    expect(read([Buffer.from(`data: 12345678\ndata: é\n\ndata: 9\n\n`)], 10)).toEqual([
      message('12345678\n\ufffd', { wireSize: 11 }),
      message('9'),
    ]);
  });

  it('keep what fits exactly', () => {
    expect(read([Buffer.from('data: 12345\ndata: 6789\n\n')], 10)).toEqual([message('12345\n6789')]);
  });

  it('hold for ids and types', () => {
    const [event] = events(`id: ${'i'.repeat(100_000)}\nevent: ${'e'.repeat(100_000)}\ndata: x\n\n`);
    expect(String(event?.id)).toHaveLength(4096);
    expect(String(event?.type)).toHaveLength(4096);
  });

  it('hold for an event that never ends', () => {
    let kept = 0;
    const reader = new EventStreamReader(({ data }) => {
      kept = data.length;
    }, 1024 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    const line = Buffer.from(`data: ${'x'.repeat(65_000)}\n`);
    for (let i = 0; i < 2000; i++) reader.push(line);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
    reader.finish();
    expect(kept).toBe(1024 * 1024);
  });

  it.each(['data: x\n', 'data: x\r', '\n', '\r', ':\r\n', 'data', 'id:\n'])(
    'cost no more than linear time for much of %j',
    (line) => {
      const started = performance.now();
      read([Buffer.alloc(4_000_000, line)], 1000);
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );
});

describe('properties', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'data: x',
      'data',
      'id: 1',
      'id',
      'retry: 5',
      'event: e',
      ':',
      '',
      '',
      '',
      '\ufeff',
      'data:\0',
    ),
    fc.string({ maxLength: 12 }),
  );
  const text = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 25 })
    .map((lines) => Buffer.from(lines.flat().join('')));
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 });

  it('any octets are the same events in any division, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 200 })), sizes, (bytes, pieceSizes) => {
        const pieces: Uint8Array[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = pieceSizes[i % pieceSizes.length] ?? 1;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(read(pieces)).toEqual(read([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it('any data of any lines comes back as it was', () => {
    const data = fc.array(
      fc.string({ unit: 'binary', maxLength: 20 }).map((each) => each.replaceAll(/[\r\n]/g, '')),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(data, (lines) => {
        const stream = `${lines.map((each) => `data: ${each}\n`).join('')}\n`;
        expect(events(stream)).toEqual([message(Buffer.from(lines.join('\n')).toString())]);
      }),
    );
  });
});
