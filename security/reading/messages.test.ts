import { describe, expect, it } from 'vitest';
import type { Message } from '#model/session.ts';
import { jsonStart, messageEvidence, streamEvents, textMessages } from './messages.ts';

const message = (index: number, change: Partial<Message> = {}): Message => ({
  index,
  direction: 'sent',
  at: 0,
  opcode: 1,
  data: new Uint8Array(Buffer.from('hello')),
  ...change,
});
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('messages of a WebSocket', () => {
  it('are text with one unit for each byte, and say whose they are and which', () => {
    const [first, second] = textMessages([
      message(4, { data: new Uint8Array(Buffer.from('Zoë')) }),
      message(5, { direction: 'received' }),
    ]);
    expect(first).toEqual({ side: 'request', text: 'ZoÃ«', offset: 0, index: 4 });
    expect(second).toMatchObject({ side: 'response', text: 'hello', index: 5 });
  });

  it('are read when sent as binary, where they hold JSON', () => {
    const read = (data: string) => textMessages([message(0, { opcode: 2, data: bytes(data) })]).length;
    expect(read('{"a":1}')).toBe(1);
    expect(read(' [1]')).toBe(1);
    expect(read('\x83\xa1a\x01')).toBe(0);
    expect(read('{"a":"\0"}')).toBe(0);
    expect(read('plain')).toBe(0);
  });

  it.each([8, 9, 10])('are not frames of control (opcode %d), nor empty', (opcode) => {
    expect(textMessages([message(0, { opcode }), message(1, { data: new Uint8Array() })])).toEqual([]);
  });
});

describe('JSON in a message', () => {
  it.each([
    ['{"a":1}', 0],
    ['  [1]', 2],
    ['42["login",{}]', 2],
    ['42/admin,["login"]', 9],
    ['42/admin,17["login"]', 11],
  ])('begins in %j at %d', (text, at) => expect(jsonStart(text)).toBe(at));

  it.each(['', 'hello {"a":1}', '42', '123456[1]', 'AUTH [x]', '"text"'])('is not in %j', (text) => {
    expect(jsonStart(text)).toBeUndefined();
  });

  it('is looked for at the beginning alone, however long the text', () => {
    expect(jsonStart(' '.repeat(1_000_000))).toBeUndefined();
    expect(jsonStart('4'.repeat(1_000_000))).toBeUndefined();
    expect(jsonStart(`4/${'a'.repeat(1_000_000)}`)).toBeUndefined();
  });
});

describe('events of a stream that was not recorded as messages', () => {
  const body =
    'event: token\ndata: {"a":"b"}\r\ndata:second\n\n: comment\nid: 7\ndata: \ndata:  two\rdata: last';

  it('are its data lines, whatever ends them, with their place in the body', () => {
    const { messages, all } = streamEvents(body, 100);
    expect(all).toBe(true);
    expect(messages.map(({ text }) => text)).toEqual(['{"a":"b"}', 'second', ' two', 'last']);
    for (const { text, offset, side, index } of messages) {
      expect(body.slice(offset, offset + text.length)).toBe(text);
      expect([side, index]).toEqual(['response', undefined]);
    }
  });

  it('stop at the limit and say so', () => {
    expect(streamEvents(body, 2)).toMatchObject({ messages: [{}, { text: 'second' }], all: false });
    expect(streamEvents(body, 4).all).toBe(true);
    expect(streamEvents('retry: 5\nnodata: x\n', 1)).toEqual({ messages: [], all: true });
  });
});

describe('evidence', () => {
  it('lies in the message, or in the body for events that are no messages', () => {
    const [sent] = textMessages([message(3)]);
    const [event] = streamEvents('data: hello', 1).messages;
    if (!sent || !event) throw new Error('no messages');
    expect(messageEvidence(sent, 1, 4)).toEqual({ part: 'message', message: 3, start: 1, end: 4 });
    expect(messageEvidence(event, 1, 4)).toEqual({ part: 'response-body', start: 7, end: 10 });
  });
});
