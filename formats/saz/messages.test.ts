import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '#model/session.ts';
import { Losses } from '../losses.ts';
import { messagesFile, readMessages } from './messages.ts';

const AT = Date.UTC(2026, 0, 2);
const text = (value: string) => new TextEncoder().encode(value);
const make = (...messages: Partial<Message>[]): Message[] =>
  messages.map((message, index) => ({
    index,
    direction: 'sent',
    at: AT + index,
    opcode: 1,
    data: text('hi'),
    ...message,
  }));

/** A file with these frames, as Fiddler writes it: sides and octets in hexadecimal digits. */
const fiddler = (...frames: [string, string][]) =>
  new Uint8Array(
    Buffer.concat(
      frames.map(([side, hex], i) => {
        const frame = Buffer.from(hex, 'hex');
        const lines =
          `\r\n${side}-Length: ${frame.length}\r\nID: ${i}\r\nBitFlags: 0\r\nDoneRead: 2026-01-02T00:00:00.0000000+00:00\r\n` +
          'BeginSend: 2026-01-02T00:00:00.0000000+00:00\r\nDoneSend: 2026-01-02T00:00:00.0000000+00:00\r\n\r\n';
        return Buffer.concat([Buffer.from(lines), frame]);
      }),
    ),
  );

function read(file: Uint8Array) {
  const losses = new Losses();
  const messages = readMessages(file, 5, losses);
  return { messages, lost: losses.report().counts.map(({ what }) => what) };
}

describe('WebSocket messages', () => {
  it('are frames below lines that say when', () => {
    const file = Buffer.from(messagesFile(make({}, { direction: 'received', opcode: 2 }), new Losses()));
    expect(file.toString('latin1')).toBe(
      '\r\nRequest-Length: 8\r\nID: 0\r\nBitFlags: 0\r\nDoneRead: 2026-01-02T00:00:00.0000000Z\r\n' +
        'BeginSend: 2026-01-02T00:00:00.0000000Z\r\nDoneSend: 2026-01-02T00:00:00.0000000Z\r\n\r\n\x81\x82\0\0\0\0hi' +
        '\r\nResponse-Length: 4\r\nID: 1\r\nBitFlags: 0\r\nDoneRead: 2026-01-02T00:00:00.0010000Z\r\n' +
        'BeginSend: 2026-01-02T00:00:00.0010000Z\r\nDoneSend: 2026-01-02T00:00:00.0010000Z\r\n\r\n\x82\x02hi\r\n',
    );
  });

  it('of Fiddler are unmasked, joined and timed', () => {
    // RFC 6455 §5.7: "Hello" masked; "Hel" and "lo" in two frames with a ping between them; a close with its code.
    const { messages, lost } = read(
      fiddler(
        ['Request', '818537fa213d7f9f4d5158'],
        ['Response', '010348656c'],
        ['Response', '89026869'],
        ['Response', '80026c6f'],
        ['Request', '880203e8'],
      ),
    );
    expect(lost).toEqual([]);
    expect(
      messages.map(({ direction, opcode, data }) => [direction, opcode, Buffer.from(data).toString()]),
    ).toEqual([
      ['sent', 1, 'Hello'],
      ['received', 9, 'hi'],
      ['received', 1, 'Hello'],
      ['sent', 8, '\x03\ufffd'],
    ]);
    expect(messages.map(({ at }) => at)).toEqual([AT, AT, AT, AT]);
    expect(messages[2]).toMatchObject({ index: 2, fragments: 2 });
    expect(messages[3]).toMatchObject({ closeCode: 1000 });
  });

  it('that are compressed stay so, and that is said', () => {
    const { messages, lost } = read(fiddler(['Response', 'c107f248cdc9c90700']));
    expect(messages).toMatchObject([{ opcode: 1, compressed: true }]);
    expect(lost).toEqual(['the text of a compressed WebSocket message']);
  });

  it('that are cut, or followed by something else, say so', () => {
    expect(read(fiddler(['Request', '8105486']).slice(0, -1)).lost).toEqual([
      'the end of a WebSocket message',
    ]);
    const more = Buffer.concat([fiddler(['Request', '810161']), Buffer.from('\r\nwhat is this')]);
    expect(read(more)).toMatchObject({
      messages: [{ opcode: 1 }],
      lost: ['the end of the WebSocket messages'],
    });
    expect(read(fiddler(['Response', '010161'])).messages).toHaveLength(1);
  });

  it.each(['', '\r\n\r\n'])('are none in %j', (file) => {
    expect(read(text(file))).toEqual({ messages: [], lost: [] });
  });

  it('lose what frames cannot say, and the loss is told', () => {
    const losses = new Losses();
    messagesFile(
      make({}, { fragments: 3, compressed: true, flaw: 'x' }, { opcode: 8, closeCode: 1000 }),
      losses,
    );
    losses.settle(1);
    expect(losses.report().losses).toEqual([
      {
        session: 1,
        what: 'how a WebSocket message was framed',
        detail: 'message 1: fragments, compressed, flaw',
      },
      { session: 1, what: 'how a WebSocket message was framed', detail: 'message 2: closeCode' },
    ]);
  });

  it('come back exactly', () => {
    const message = fc.record({
      direction: fc.constantFrom('sent' as const, 'received' as const),
      at: fc.double({ min: 1e12, max: 2e12, noNaN: true }),
      opcode: fc.constantFrom(1, 2, 9, 10),
      data: fc
        .oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.constantFrom(65_535, 65_536, 70_000).map((n) => new Uint8Array(n)),
        )
        .map((bytes) => Uint8Array.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 6 }), (some) => {
        const messages = some.map((one, index) => ({ index, ...one }));
        const losses = new Losses();
        expect(readMessages(messagesFile(messages, losses), 0, losses)).toEqual(messages);
        expect(losses.report().counts).toEqual([]);
      }),
    );
  });

  it('S1: never fail on octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 60 }), (frame, length) => {
        const lines = `Request-Length: ${length}\r\nDoneRead: x\r\n\r\n`;
        read(new Uint8Array(Buffer.concat([Buffer.from(lines), frame])));
      }),
    );
  });
});
