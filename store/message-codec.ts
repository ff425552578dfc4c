/** Messages of a session as bytes: bits that say what is there, and then that. Their data is elsewhere. */
import type { Message } from '#model/session.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

const BIT = {
  received: 1,
  closeCode: 2,
  fragments: 4,
  wireSize: 8,
  hasCompressed: 16,
  compressed: 32,
  flaw: 64,
  event: 128,
  eventId: 256,
  eventRetry: 512,
} as const;

/** All of a message but its number and its data, of which only the length is told. */
export function putMessage(to: ByteWriter, message: Omit<Message, 'index'>): void {
  const { direction, closeCode, fragments, wireSize, compressed, flaw, event } = message;
  let bits = direction === 'received' ? BIT.received : 0;
  if (closeCode !== undefined) bits |= BIT.closeCode;
  if (fragments !== undefined) bits |= BIT.fragments;
  if (wireSize !== undefined) bits |= BIT.wireSize;
  if (compressed !== undefined) bits |= BIT.hasCompressed;
  if (compressed === true) bits |= BIT.compressed;
  if (flaw !== undefined) bits |= BIT.flaw;
  if (event !== undefined) bits |= BIT.event;
  if (event?.id !== undefined) bits |= BIT.eventId;
  if (event?.retry !== undefined) bits |= BIT.eventRetry;
  to.count(bits);
  to.count(message.data.length);
  to.float(message.at);
  to.number(message.opcode);
  if (closeCode !== undefined) to.number(closeCode);
  if (fragments !== undefined) to.number(fragments);
  if (wireSize !== undefined) to.number(wireSize);
  if (flaw !== undefined) to.text(flaw);
  if (event === undefined) return;
  to.text(event.type);
  if (event.id !== undefined) to.text(event.id);
  if (event.retry !== undefined) to.number(event.retry);
}

/** A message without its number and data, and how long that data is. */
export function takeMessage(from: ByteReader): {
  readonly message: Omit<Message, 'index' | 'data'>;
  readonly length: number;
} {
  const bits = from.count();
  const length = from.count();
  const message: Omit<Message, 'index' | 'data'> = {
    direction: bits & BIT.received ? 'received' : 'sent',
    at: from.float(),
    opcode: from.number(),
  };
  if (bits & BIT.closeCode) message.closeCode = from.number();
  if (bits & BIT.fragments) message.fragments = from.number();
  if (bits & BIT.wireSize) message.wireSize = from.number();
  if (bits & BIT.hasCompressed) message.compressed = (bits & BIT.compressed) !== 0;
  if (bits & BIT.flaw) message.flaw = from.text();
  if (bits & BIT.event) {
    message.event = { type: from.text() };
    if (bits & BIT.eventId) message.event.id = from.text();
    if (bits & BIT.eventRetry) message.event.retry = from.number();
  }
  return { message, length };
}
