import { describe, expect, it } from 'vitest';
import type { Message } from '#model/session.ts';
import { harEvent, harMessage, readMessage } from './har-messages.ts';

const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const message: Message = {
  index: 0,
  direction: 'sent',
  at: 1_750_000_000_123.5,
  opcode: 1,
  data: utf8('h\u00e9'),
};
const again = (written: object) => readMessage(JSON.parse(JSON.stringify(written)), 0);

describe('a message of ours', () => {
  it.each<[string, Partial<Message>]>([
    ['text', {}],
    ['binary', { opcode: 2, data: Uint8Array.of(0, 255) }],
    ['text that is none', { data: Uint8Array.of(0xff) }],
    ['a close', { opcode: 8, closeCode: 1001, data: new Uint8Array() }],
    ['one in fragments, compressed', { fragments: 3, wireSize: 2, compressed: true }],
    ['one that says that it is not compressed', { compressed: false }],
    ['a flawed one', { flaw: 'a reserved bit is set' }],
    ['an event', { direction: 'received', event: { type: 'tick', id: '', retry: 0 } }],
  ])('comes back exactly: %s', (_, more) => {
    const full = { ...message, ...more };
    expect(again(harMessage(full))).toEqual(full);
    expect(again(harEvent(full))).toEqual(full);
  });

  it('has no field of ours without need', () => {
    expect(Object.keys(harMessage(message))).toEqual(['type', 'time', 'opcode', 'data', '_at']);
  });
});

describe("another tool's message", () => {
  it('is read as far as it says anything', () => {
    expect(readMessage({ type: 'receive', time: 1.5, opcode: 2, data: '/wA=' }, 3)).toEqual({
      index: 3,
      direction: 'received',
      at: 1500,
      opcode: 2,
      data: Uint8Array.of(255, 0),
    });
    expect(readMessage({}, 0)).toEqual({
      index: 0,
      direction: 'received',
      at: 0,
      opcode: 1,
      data: new Uint8Array(),
    });
  });

  it('may be a server-sent event', () => {
    const read = readMessage({ time: 2, eventName: '', eventId: '9', data: 'x' }, 0);
    expect(read).toMatchObject({ at: 2000, data: utf8('x'), event: { type: 'message', id: '9' } });
    expect(readMessage({ eventName: 'tick', eventId: '' }, 0).event).toEqual({ type: 'tick' });
  });

  it('may hold nonsense where ours holds more', () => {
    expect(readMessage({ _message: { fragments: 'many' }, data: 5 }, 0)).not.toHaveProperty('fragments');
    expect(readMessage({ _message: 7 }, 0).opcode).toBe(1);
  });
});
