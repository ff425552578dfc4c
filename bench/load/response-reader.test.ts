import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ResponseReader, WrongResponse } from './response-reader.ts';

const BODY = 'x'.repeat(20);
const response = (body = BODY, date = 'Mon, 01 Jan 2024 00:00:00 GMT') =>
  Buffer.from(
    `HTTP/1.1 200 OK\r\nDate: ${date}\r\nContent-Length: ${body.length}\r\nVia: a proxy\r\n\r\n${body}`,
  );
const reader = () => new ResponseReader(BODY.length);

describe('counting', () => {
  test('one response in one chunk', () => {
    const reading = reader();
    expect(reading.push(response())).toBe(1);
    expect(reading.bodyBytes).toBe(20);
  });

  test('several in one chunk, and a beginning that the next chunk ends', () => {
    const reading = reader();
    const all = Buffer.concat([response(), response(), response()]);
    expect(reading.push(all.subarray(0, all.length - 5))).toBe(2);
    expect(reading.push(all.subarray(all.length - 5))).toBe(1);
  });

  test('a head in pieces', () => {
    const reading = reader();
    expect(reading.push(response().subarray(0, 9))).toBe(0);
    expect(reading.push(response().subarray(9, 30))).toBe(0);
    expect(reading.push(response().subarray(30))).toBe(1);
  });

  test('a head of another length than the one before is read in full', () => {
    const reading = reader();
    reading.push(response());
    expect(reading.push(response(BODY, 'later, and written at greater length'))).toBe(1);
    expect(reading.push(response())).toBe(1);
  });

  test('however it is cut into chunks, as many responses and body bytes come out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat({ max: 700 }), { maxLength: 8 }),
        (n, cuts) => {
          const all = Buffer.concat(Array.from({ length: n }, () => response()));
          const places = [0, ...cuts.map((cut) => Math.min(cut, all.length)), all.length].toSorted(
            (a, b) => a - b,
          );
          const reading = reader();
          const counts = places.slice(1).map((end, i) => reading.push(all.subarray(places[i], end)));
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
          expect(reading.bodyBytes).toBe(n * BODY.length);
        },
      ),
    );
  });

  test('a chunk may be overwritten as soon as it was read', () => {
    const reading = reader();
    const shared = Buffer.alloc(30);
    response().copy(shared, 0, 0, 30);
    reading.push(shared);
    shared.fill(0);
    expect(reading.push(response().subarray(30))).toBe(1);
  });
});

describe('checking', () => {
  test('another status is an error that shows it', () => {
    const bad = Buffer.from('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    expect(() => reader().push(bad)).toThrow(/not a 200: HTTP\/1\.1 502/);
  });

  test('also as a later response, and when its head is as long as the one before', () => {
    const reading = reader();
    reading.push(response());
    const bad = Buffer.from(response().toString().replace('200 OK', '500 OK'));
    expect(() => reading.push(bad)).toThrow(WrongResponse);
  });

  test('another length is an error', () => {
    expect(() => reader().push(response('short'))).toThrow('Content-Length 5 instead of 20');
  });

  test('a body longer than announced is an error: the next response does not begin where it must', () => {
    const reading = reader();
    reading.push(response());
    expect(() => reading.push(Buffer.concat([response(), Buffer.from('more\r\n\r\n')]))).toThrow(
      WrongResponse,
    );
  });

  test('a chunked body is an error', () => {
    const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n');
    expect(() => reader().push(chunked)).toThrow('no Content-Length');
  });

  test('the name of the field may be written in any case', () => {
    const lower = Buffer.from(response().toString().replace('Content-Length', 'content-length'));
    expect(reader().push(lower)).toBe(1);
  });

  test('a head without an end is not gathered for ever', () => {
    const reading = reader();
    expect(() => {
      for (let i = 0; i < 100; i += 1) reading.push(Buffer.from('HTTP/1.1 200 OK\r\nA: '.padEnd(1000, 'a')));
    }).toThrow('longer than');
  });
});
