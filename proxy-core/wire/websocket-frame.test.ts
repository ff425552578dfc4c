import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeMessage } from './websocket-frame.ts';
import { type SeenMessage, WebSocketReader } from './websocket-reader.ts';

function read(frame: Buffer, sender: 'client' | 'server'): SeenMessage[] {
  const messages: SeenMessage[] = [];
  const reader = new WebSocketReader({ message: (message) => messages.push(message) }, { sender });
  reader.push(frame);
  return messages;
}

it.each([0, 1, 125, 126, 65_535, 65_536])('%i octets have the shortest length there is', (size) => {
  const data = Buffer.alloc(size, 7);
  for (const sender of ['client', 'server'] as const) {
    expect(read(encodeMessage(2, data, sender === 'client'), sender)).toEqual([
      { opcode: 2, data: new Uint8Array(data) },
    ]);
  }
});

it('is read back without a flaw, and the payload stays as it was', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, masked) => {
      const payload = Buffer.from(text);
      const [message] = read(encodeMessage(1, payload, masked), masked ? 'client' : 'server');
      expect(message?.flaw).toBeUndefined();
      expect(Buffer.from(message?.data ?? []).toString()).toBe(payload.toString());
      expect(payload.toString()).toBe(Buffer.from(text).toString());
    }),
  );
});

it('each masked frame has a key of its own', () => {
  const payload = Buffer.alloc(16);
  expect(encodeMessage(2, payload, true).equals(encodeMessage(2, payload, true))).toBe(false);
});
