import { describe, expect, it } from 'vitest';
import type { RequestHead, ResponseHead, SessionRow } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { ByteWriter } from './byte-writer.ts';
import { nameFacts } from './facts-codec.ts';
import { Names } from './names.ts';
import {
  ENTRY,
  putBodyEndEntry,
  putFactsEntry,
  putFirstRunEntry,
  putRequestEntry,
  putResponseEntry,
  putSessionEndEntry,
  readFirstRuns,
  readLog,
} from './session-log.ts';

const texts = new Map<number, string>();
const names = new Names(1, { text: (id, text) => texts.set(id, text), origin: () => {} });
const textOf = (id: number) => texts.get(id) ?? '';

const row = makeSession({ id: 4 }).session.row;
const head: RequestHead = { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: [['A', 'b']] };
const answer: ResponseHead = { httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: [] };

function log(...puts: ((to: ByteWriter) => void)[]): Buffer {
  const to = new ByteWriter(Buffer.alloc(0));
  for (const put of puts) put(to);
  return Buffer.from(to.written);
}
const requestHead = (to: ByteWriter) => putRequestEntry(to, ENTRY.requestHead, head);
const read = (bytes: Buffer | readonly Buffer[], of: SessionRow = row) =>
  readLog('buffer' in bytes ? [bytes] : bytes, of, textOf);

describe('a log', () => {
  it('tells every event that was put, in order', () => {
    const facts = { serverAddress: '10.0.0.1:80', clientTls: { version: 'TLSv1.3' } };
    const failure = { code: 'reset' as const, detail: 'It was cut.' };
    const bytes = log(
      requestHead,
      (to) => putFactsEntry(to, nameFacts(names, facts)),
      (to) => putRequestEntry(to, ENTRY.requestSent, { ...head, target: '/sent' }),
      (to) => putResponseEntry(to, ENTRY.informational, { ...answer, status: 103 }),
      (to) =>
        putBodyEndEntry(to, ENTRY.requestEnd, { trailers: [['T', '1']], chunkExtensions: [';a=1', ''] }),
      (to) => putResponseEntry(to, ENTRY.responseHead, answer),
      (to) => putResponseEntry(to, ENTRY.responseSent, { ...answer, status: 201 }),
      (to) => putBodyEndEntry(to, ENTRY.responseEnd, { trailers: [] }),
      (to) => putSessionEndEntry(to, { timings: { wait: 1.5 }, failure }),
    );
    expect(read(bytes)).toEqual({
      head,
      events: [
        { type: 'facts', id: 4, facts },
        { type: 'request-sent', id: 4, head: { ...head, target: '/sent' } },
        { type: 'informational', id: 4, head: { ...answer, status: 103 } },
        { type: 'request-end', id: 4, trailers: [['T', '1']], chunkExtensions: [';a=1', ''] },
        { type: 'response-head', id: 4, head: answer },
        { type: 'response-sent', id: 4, head: { ...answer, status: 201 } },
        { type: 'response-end', id: 4 },
        { type: 'end', id: 4, at: row.startedAt, state: 'completed', timings: { wait: 1.5 }, failure },
      ],
    });
  });

  it('may be in several pieces', () => {
    const pieces = [
      log(requestHead),
      log((to) => putResponseEntry(to, ENTRY.responseHead, answer)),
      log((to) => putSessionEndEntry(to, { timings: {} })),
    ];
    expect(read(pieces).events.map((event) => event.type)).toEqual(['response-head', 'end']);
  });

  it('takes five bytes for the end of a body that has nothing to tell, and knows an empty list from none', () => {
    const plain = log((to) => putBodyEndEntry(to, ENTRY.requestEnd, { trailers: [] }));
    expect(plain.length).toBe(5);
    const empty = log(requestHead, (to) => putBodyEndEntry(to, ENTRY.responseEnd, { chunkExtensions: [] }));
    expect(read(empty).events).toEqual([{ type: 'response-end', id: 4, trailers: [], chunkExtensions: [] }]);
  });

  it('says where bodies begin, to those who ask for that', () => {
    const runs = [
      { side: 0, segment: 1, position: 0 },
      { side: 1, segment: 3, position: 2 ** 33 },
    ];
    const bytes = log(requestHead, ...runs.map((run) => (to: ByteWriter) => putFirstRunEntry(to, run)));
    expect(readFirstRuns([bytes])).toEqual(runs);
    expect(read(bytes).events).toEqual([]);
  });
});

describe('a damaged log', () => {
  const whole = log(
    requestHead,
    (to) => putBodyEndEntry(to, ENTRY.requestEnd, { trailers: [['T', '1']] }),
    (to) => putSessionEndEntry(to, { timings: { wait: 1 }, failure: { code: 'dns', detail: 'x' } }),
  );

  it('cut short at any byte gives no more than it tells, or an error', () => {
    for (let length = 0; length < whole.length; length++) {
      let events: number | undefined;
      try {
        events = read(whole.subarray(0, length)).events.length;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
      if (events !== undefined) expect(events).toBeLessThan(2);
    }
  });

  it.each([
    ['without a head', log((to) => putBodyEndEntry(to, ENTRY.requestEnd, {}))],
    ['with an entry of no type', log(requestHead, (to) => to.raw(Uint8Array.of(77, 0, 0, 0, 0)))],
    [
      'with a failure of no code',
      log(requestHead, (to) => to.raw(Uint8Array.of(ENTRY.end, 3, 0, 0, 0, 0, 99, 0))),
    ],
    [
      'with a failure that is none',
      log(requestHead, (to) => to.raw(Uint8Array.of(ENTRY.end, 3, 0, 0, 0, 0, 0, 0))),
    ],
  ])('%s is refused', (_, bytes) => {
    expect(() => read(bytes)).toThrow(RangeError);
  });

  it('that ends a session whose row is active is refused', () => {
    expect(() => read(whole, { ...row, state: 'active' })).toThrow('active');
  });
});
