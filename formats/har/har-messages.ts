/**
 * WebSocket messages and server-sent events in Chrome's shape, out and in. Underscore fields say what that cannot; other tools' entries
 * have none of them.
 */
import { Message } from '#model/session.ts';
import { exactText } from './har-body.ts';

/** What only we write of a message. */
const Own = Message.pick({ fragments: true, wireSize: true, compressed: true, flaw: true, event: true });

type Fields = Readonly<Record<string, unknown>>;

/** A message as an element of `_webSocketMessages`. */
export function harMessage(message: Message) {
  const { index: _, direction, at, opcode, data, closeCode, ...own } = message;
  const text = opcode === 1 ? exactText(data, undefined) : undefined;
  return {
    type: direction === 'sent' ? 'send' : 'receive',
    time: at / 1000,
    opcode,
    data: text ?? Buffer.from(data).toString('base64'),
    _at: at,
    ...(opcode === 1 && text === undefined ? { _encoding: 'base64' } : {}),
    ...(closeCode === undefined ? {} : { _closeCode: closeCode }),
    ...(Object.keys(own).length === 0 ? {} : { _message: own }),
  };
}

/** A server-sent event as an element of `_eventSourceMessages`. */
export function harEvent(message: Message) {
  const { event } = message;
  return { eventName: event?.type ?? '', eventId: event?.id ?? '', ...harMessage(message) };
}

const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const bytes = (value: Buffer) => new Uint8Array(value);

/** An element of `_webSocketMessages` or `_eventSourceMessages`. What it does not say reads as a text message received. */
export function readMessage(raw: Fields, index: number): Message {
  const opcode = Math.trunc(finite(raw.opcode) ?? 1);
  const closeCode = finite(raw._closeCode);
  const at = finite(raw._at);
  const own = Own.safeParse(raw._message ?? {});
  return {
    index,
    direction: raw.type === 'send' ? 'sent' : 'received',
    at: at ?? (finite(raw.time) ?? 0) * 1000,
    opcode,
    data: bytes(
      opcode === 1 && raw._encoding !== 'base64'
        ? Buffer.from(text(raw.data), 'utf8')
        : Buffer.from(text(raw.data), 'base64'),
    ),
    ...(closeCode === undefined ? {} : { closeCode: Math.trunc(closeCode) }),
    ...(at === undefined && typeof raw.eventName === 'string' ? foreignEvent(raw) : {}),
    ...(own.success ? own.data : {}),
  };
}

function foreignEvent({ eventName, eventId }: Fields): Pick<Message, 'event'> {
  const id = text(eventId);
  return { event: { type: text(eventName) || 'message', ...(id === '' ? {} : { id }) } };
}
