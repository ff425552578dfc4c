import { expect, test } from 'vitest';
import { messagePreview, messageSummary } from './message-text.ts';

const data = (text: string) => new TextEncoder().encode(text);

test('kinds by opcode', () => {
  expect(messageSummary({ opcode: 2 })).toBe('binary');
  expect(messageSummary({ opcode: 9 })).toBe('ping');
  expect(messageSummary({ opcode: 8, closeCode: 1001 })).toBe('close code 1001');
  expect(messageSummary({ opcode: 5 })).toBe('opcode 5');
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
