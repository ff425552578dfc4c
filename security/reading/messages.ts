/**
 * The messages of a session as text for checks: what a WebSocket carried, and the events of an event stream, also of one that nobody
 * recorded as messages. It reads JSON, whatever frames it: Socket.IO puts digits before it, SignalR separators behind.
 */
import type { Evidence } from '#model/finding.ts';
import type { Message } from '#model/session.ts';
import type { CheckMessage } from '../check.ts';

const TEXT = 1;
const BINARY = 2;
const SNIFFED = 512;
/** White space, the packet type of Engine.IO and Socket.IO with a name space and an id, then an object or array. */
const BEFORE_JSON = /^\s{0,100}(?:\d{1,4}(?:\/[\w/-]{0,100},\d{0,10})?)?(?=[{[])/;

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** Where the JSON of a message begins; undefined when it holds none. */
export const jsonStart = (text: string): number | undefined => BEFORE_JSON.exec(text)?.[0].length;

/** Text messages, and binary ones that hold JSON: some libraries send all they have as binary. */
function textOf({ opcode, data }: Message): string | undefined {
  if (opcode === TEXT) return latin1(data);
  if (opcode !== BINARY) return undefined;
  const start = latin1(data.subarray(0, SNIFFED));
  return jsonStart(start) !== undefined && !start.includes('\0') ? latin1(data) : undefined;
}

/** Recorded messages that hold text, in order. */
export function textMessages(messages: readonly Message[]): CheckMessage[] {
  return messages.flatMap((message) => {
    const text = textOf(message);
    if (text === undefined || text === '') return [];
    const side = message.direction === 'sent' ? ('request' as const) : ('response' as const);
    return [{ side, text, offset: 0, index: message.index }];
  });
}

/** The data lines of an event stream's body (HTML, §9.2.6), at most `limit`; `all` says whether that was all of them. */
export function streamEvents(body: string, limit: number): { messages: CheckMessage[]; all: boolean } {
  const messages: CheckMessage[] = [];
  for (const found of body.matchAll(/^data: ?(.*)$/gm)) {
    const text = found[1] ?? '';
    if (text === '') continue;
    if (messages.length >= limit) return { messages, all: false };
    const offset = found.index + found[0].length - text.length;
    messages.push({ side: 'response', text, offset, index: undefined });
  }
  return { messages, all: true };
}

/** Evidence for [start, end) of a message's text. */
export function messageEvidence({ index, offset }: CheckMessage, start: number, end: number): Evidence {
  return index === undefined
    ? { part: 'response-body', start: offset + start, end: offset + end }
    : { part: 'message', message: index, start: offset + start, end: offset + end };
}
