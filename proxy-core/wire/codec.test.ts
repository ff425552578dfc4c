/** Reader and writer together, over anything that can stand on a wire. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRequests, readResponses } from '../testing/wire-events.ts';
import { encodeChunk, encodeLastChunk, encodeRequestHead, encodeResponseHead } from './encode.ts';
import type { WireRequestHead } from './message-reader.ts';

const raw = (text: string) => Buffer.from(text, 'latin1');

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const value = fc.stringMatching(/^([!-~\x80-\xff]([ \t!-~\x80-\xff]{0,20}[!-~\x80-\xff])?)?$/);
const fields = fc.array(
  fc.tuple(
    token.filter((name) => !/^(content-length|transfer-encoding)$/i.test(name)),
    value,
  ),
  { maxLength: 8 },
);
const body = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const pieceSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

describe('properties', () => {
  it('what is encoded is read back, in any division: requests by length', () => {
    fc.assert(
      fc.property(token, fields, body, pieceSizes, (method, headers, content, sizes) => {
        const all = [...headers, ['Content-Length', String(content.length)] as [string, string]];
        const head = { method, target: '/x', httpVersion: 'HTTP/1.1', headers: all };
        const bytes = Buffer.concat([encodeRequestHead(head), content]);
        const events = readRequests(cut(bytes, sizes));
        expect(events[0]?.[2]).toMatchObject(head);
        expect(events.at(-1)).toEqual(['end']);
        expect(events.find(([name]) => name === 'data')?.[1] ?? '').toBe(content.toString('latin1'));
      }),
    );
  });

  it('what is encoded is read back, in any division: chunked responses with trailers', () => {
    fc.assert(
      fc.property(
        fields,
        fc.array(body, { maxLength: 5 }),
        fields,
        pieceSizes,
        (headers, chunks, trailers, sizes) => {
          const all = [...headers, ['Transfer-Encoding', 'chunked'] as [string, string]];
          const head = { httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: all };
          const bytes = Buffer.concat([
            encodeResponseHead(head),
            ...chunks.flatMap((chunk) => encodeChunk(chunk)),
            encodeLastChunk(trailers),
          ]);
          const events = readResponses(cut(bytes, sizes));
          expect(events[0]?.[2]).toMatchObject(head);
          expect(events.find(([name]) => name === 'data')?.[1] ?? '').toBe(
            Buffer.concat(chunks).toString('latin1'),
          );
          expect(events.at(-2)).toEqual(['trailers', trailers]);
          expect(events.at(-1)).toEqual(['end']);
        },
      ),
    );
  });

  const nearly = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc
      .array(
        fc.constantFrom(
          'GET ',
          '/ ',
          'HTTP/1.1',
          'HTTP/1.1 200 OK',
          '\r\n',
          '\r\n',
          '\n',
          '\r',
          ' ',
          'A: b',
          'Transfer-Encoding: chunked',
          'Content-Length: 3',
          '5',
          'abc',
          '0',
          ';x',
          '\0',
        ),
        { maxLength: 25 },
      )
      .map((parts) => raw(parts.join(''))),
  );

  it.each([false, true])(
    'arbitrary bytes give events or one coded error, the same in any division, and never throw; lenient: %j',
    (lenient) => {
      fc.assert(
        fc.property(nearly, pieceSizes, (bytes, sizes) => {
          const request = readRequests([bytes], undefined, { lenient });
          expect(readRequests(cut(bytes, sizes), undefined, { lenient })).toEqual(request);
          const response = readResponses([bytes], 'GET', undefined, { lenient });
          expect(readResponses(cut(bytes, sizes), 'GET', undefined, { lenient })).toEqual(response);
        }),
        { numRuns: 500 },
      );
    },
  );

  it('what is read strictly is read no differently when lenient', () => {
    fc.assert(
      fc.property(nearly, (bytes) => {
        const strict = readRequests([bytes]);
        if (strict.at(-1)?.[0] === 'error') return;
        expect(readRequests([bytes], undefined, { lenient: true })).toEqual(strict);
      }),
      { numRuns: 1000 },
    );
  });

  it('what was put right, once written, is read strictly as the same', () => {
    fc.assert(
      fc.property(nearly, (bytes) => {
        const [event] = readRequests([bytes], undefined, { lenient: true });
        if (event?.[0] !== 'head') return;
        const { normalized: _, ...head } = event[2] as WireRequestHead;
        const [again] = readRequests([encodeRequestHead(head)]);
        expect(again?.[2]).toEqual({ ...head, normalized: false });
      }),
      { numRuns: 1000 },
    );
  });
});
