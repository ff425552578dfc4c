import { expect, test } from 'vitest';
import type { Message } from '#model/session.ts';
import {
  isPlainMessage,
  messageContent,
  messageFacts,
  messagePreview,
  messageSummary,
} from './message-text.ts';

const data = (text: string) => new TextEncoder().encode(text);

test('kinds by opcode', () => {
  expect(messageSummary({ opcode: 2 })).toBe('binary');
  expect(messageSummary({ opcode: 9 })).toBe('ping');
  expect(messageSummary({ opcode: 8, closeCode: 1001 })).toBe('close code 1001');
  expect(messageSummary({ opcode: 5 })).toBe('opcode 5');
});

test('an event is called by its type', () => {
  expect(messageSummary({ opcode: 1, event: { type: 'stock' } })).toBe('stock');
  expect(isPlainMessage({ opcode: 1, event: { type: 'stock' } })).toBe(false);
  expect(isPlainMessage({ opcode: 1, event: { type: 'message' } })).toBe(true);
  expect(isPlainMessage({ opcode: 1 })).toBe(true);
  expect(isPlainMessage({ opcode: 2 })).toBe(false);
});

const message = (changes: Partial<Message>): Message => ({
  index: 0,
  direction: 'received',
  at: 0,
  opcode: 1,
  data: data('hello'),
  ...changes,
});

test('an ordinary message has nothing but its size', () => {
  expect(messageFacts(message({}))).toEqual(['5 B']);
  expect(messageFacts(message({ fragments: 1, wireSize: 5, compressed: false }))).toEqual(['5 B']);
});

test('frames, compression and cutting are said', () => {
  expect(messageFacts(message({ fragments: 3 }))).toEqual(['5 B', 'in 3 frames']);
  expect(messageFacts(message({ compressed: true, wireSize: 3 }))).toEqual(['5 B', '3 B compressed']);
  expect(messageFacts(message({ compressed: true }))).toEqual(['5 B', 'compressed']);
  expect(messageFacts(message({ wireSize: 2000 }))).toEqual(['5 B', '2 KB on the wire']);
});

test('so are an event’s id and how long to wait before coming back', () => {
  expect(messageFacts(message({ event: { type: 'stock', id: '7', retry: 3000 } }))).toEqual([
    '5 B',
    'id 7',
    'retry after 3 s',
  ]);
});

test('text begins as text, binary as bytes', () => {
  expect(messagePreview({ opcode: 1, data: data('{"a":1}') })).toBe('{"a":1}');
  expect(messagePreview({ opcode: 2, data: new Uint8Array([0, 255, 16]) })).toBe('00 ff 10');
});

test('a long text is cut, never within a character', () => {
  const preview = messagePreview({ opcode: 1, data: data('é'.repeat(1000)) });
  expect(preview).toBe('é'.repeat(150));
});

test('a close frame shows its reason, with or without the code in its data', () => {
  const withCode = new Uint8Array([0x03, 0xe8, ...data('bye')]);
  expect(messagePreview({ opcode: 8, closeCode: 1000, data: withCode })).toBe('bye');
  expect(messagePreview({ opcode: 8, closeCode: 1000, data: data('bye') })).toBe('bye');
});

test('what a message holds is its data, but for the code of a close frame', () => {
  const withCode = new Uint8Array([0x03, 0xe8, ...data('bye')]);
  expect(messageContent({ opcode: 8, closeCode: 1000, data: withCode })).toEqual(data('bye'));
  expect(messageContent({ opcode: 2, data: withCode })).toEqual(withCode);
  expect(messageContent({ opcode: 8, closeCode: 1001, data: data('') })).toEqual(data(''));
});
