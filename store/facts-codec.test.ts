import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeFacts } from '#model/session.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { nameFacts, putFacts, putTimings, takeFacts, takeTimings } from './facts-codec.ts';
import { Names } from './names.ts';
import { facts, timings } from './testing/arbitraries.ts';

const texts = new Map<number, string>([[0, '']]);
const names = new Names(1, { text: (id, text) => texts.set(id, text), origin: () => {} });
function textOf(id: number): string {
  const text = texts.get(id);
  if (text === undefined) throw new RangeError(`no text ${id}`);
  return text;
}

function bytesOf(value: ExchangeFacts): Buffer {
  const to = new ByteWriter(Buffer.alloc(8));
  putFacts(to, nameFacts(names, value));
  return to.written;
}

describe('facts', () => {
  it('come back exactly, all or some of them', () => {
    fc.assert(
      fc.property(facts, (value) => {
        const from = new ByteReader(bytesOf(value));
        expect(takeFacts(from, textOf)).toEqual(value);
        expect(from.done).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('of a connection take little space after the first time', () => {
    const connection: ExchangeFacts = {
      clientAddress: '127.0.0.1:50000',
      serverAddress: '10.9.9.9:443',
      clientConnection: 3,
      serverConnection: 4,
      serverReused: true,
      serverTls: { version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' },
    };
    const before = texts.size;
    bytesOf(connection);
    expect(texts.size).toBe(before + 2);
    expect(bytesOf(structuredClone(connection)).length).toBeLessThan(30);
    expect(texts.size).toBe(before + 2);
  });

  it('may be empty texts', () => {
    const empty = { clientAddress: '', serverAddress: '', upstreamProxy: '', serverHttpVersion: '' };
    expect(takeFacts(new ByteReader(bytesOf(empty)), textOf)).toEqual(empty);
  });

  it('whose texts are gone or are no facts are refused', () => {
    const bytes = bytesOf({ serverTls: { version: 'x' } });
    expect(() => takeFacts(new ByteReader(bytes), () => '{"version":1}')).toThrow();
    expect(() => takeFacts(new ByteReader(bytes), () => 'not JSON')).toThrow();
    const missing = () => {
      throw new RangeError('gone');
    };
    expect(() => takeFacts(new ByteReader(bytes), missing)).toThrow('gone');
  });
});

describe('timings', () => {
  it('come back exactly', () => {
    fc.assert(
      fc.property(timings, (value) => {
        const to = new ByteWriter(Buffer.alloc(0));
        putTimings(to, value);
        expect(takeTimings(new ByteReader(to.written))).toEqual(value);
        expect(to.length).toBe(1 + 8 * Object.keys(value).length);
      }),
    );
  });
});
