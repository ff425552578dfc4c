/**
 * `NN_w.txt` of a SAZ: WebSocket frames (RFC 6455 §5.2) as they were on the wire, each below a few lines that say when. What a session
 * knows of a message beyond a frame (in how many frames it came, what was wrong with them) has no place there.
 */
import type { Message } from '#model/session.ts';
import type { Losses } from '../losses.ts';
import { dotnetDate, readDotnetDate } from './dates.ts';

const FIN = 0x80;
const COMPRESSED = 0x40;
const MASKED = 0x80;
const CLOSE = 8;

/** One unfragmented frame. A client's is masked, as it must be, by a key of zeros, which leaves the payload readable. */
function frameOf({ direction, opcode, data }: Message): Buffer {
  const mask = direction === 'sent' ? MASKED : 0;
  const first = FIN | (opcode & 15);
  let head: Buffer;
  if (data.length < 126) head = Buffer.from([first, mask | data.length]);
  else if (data.length < 0x10000) {
    head = Buffer.from([first, mask | 126, 0, 0]);
    head.writeUInt16BE(data.length, 2);
  } else {
    head = Buffer.from([first, mask | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(data.length), 2);
  }
  return Buffer.concat([head, Buffer.alloc(mask === 0 ? 0 : 4), data]);
}

/** What a frame cannot say of its message, in words. */
function unframed({ opcode, data, closeCode, ...message }: Message): string[] {
  const said = opcode === CLOSE ? closeCodeOf(data) : undefined;
  const more = ['fragments', 'wireSize', 'compressed', 'flaw', 'event'] as const;
  return [
    ...more.filter((key) => message[key] !== undefined),
    ...(closeCode === said ? [] : ['closeCode']),
    ...(opcode === (opcode & 15) ? [] : ['opcode']),
  ];
}

/** The file for all messages of a session. */
export function messagesFile(messages: readonly Message[], losses: Losses): Uint8Array {
  const parts = messages.flatMap((message) => {
    const lost = unframed(message);
    if (lost.length > 0)
      losses.add('how a WebSocket message was framed', `message ${message.index}: ${lost.join(', ')}`);
    const frame = frameOf(message);
    const at = dotnetDate(message.at);
    const lines = [
      `${message.direction === 'sent' ? 'Request' : 'Response'}-Length: ${frame.length}`,
      `ID: ${message.index}`,
      'BitFlags: 0',
      `DoneRead: ${at}`,
      `BeginSend: ${at}`,
      `DoneSend: ${at}`,
    ];
    return [Buffer.from(`\r\n${lines.join('\r\n')}\r\n\r\n`), frame];
  });
  return new Uint8Array(Buffer.concat([...parts, Buffer.from('\r\n')]));
}

interface Frame {
  readonly first: number;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly cut: boolean;
}

/** The frame that `bytes` begin with. */
function readFrame(bytes: Uint8Array): Frame {
  const view = Buffer.from(bytes);
  const [first = 0, second = 0] = view;
  let size = second & 0x7f;
  let at = 2;
  if (size === 126 && view.length >= 4) {
    size = view.readUInt16BE(2);
    at = 4;
  } else if (size === 127 && view.length >= 10) {
    size = Number(view.readBigUInt64BE(2));
    at = 10;
  }
  const key = second & MASKED ? view.subarray(at, at + 4) : undefined;
  if (key !== undefined) at += 4;
  const payload = new Uint8Array(view.subarray(at, at + size));
  if (key !== undefined)
    for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (key[i & 3] ?? 0);
  return { first, payload, cut: payload.length < size };
}

const closeCodeOf = ([high, low]: Uint8Array) =>
  high === undefined || low === undefined ? undefined : high * 256 + low;

interface Block {
  readonly direction: Message['direction'];
  readonly at: number;
  readonly bytes: Uint8Array;
}

const BLOCK = /^(Request|Response)-Length: *(\d{1,15})\r?\n/;
const DONE_READ = /^DoneRead: *(.*?)\r?$/m;
/** The lines above a frame take no more. */
const MOST_LINES = 2000;

function* blocksOf(file: Uint8Array, losses: Losses): Generator<Block> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 13 || bytes[at] === 10) {
      at += 1;
      continue;
    }
    const lines = bytes.toString('latin1', at, at + MOST_LINES);
    const end = /\r?\n\r?\n/.exec(lines);
    const [, side, length = ''] = BLOCK.exec(lines) ?? [];
    if (side === undefined || end === null) {
      losses.add('the end of the WebSocket messages', `at byte ${at} there is no message`);
      return;
    }
    const start = at + end.index + end[0].length;
    at = start + Number(length);
    const [, date] = DONE_READ.exec(lines.slice(0, end.index)) ?? [];
    yield {
      direction: side === 'Request' ? 'sent' : 'received',
      at: readDotnetDate(date) ?? 0,
      bytes: bytes.subarray(start, at),
    };
  }
}

type Open = Omit<Message, 'index' | 'data'> & { readonly parts: Uint8Array[]; frames: number };

/** The messages of a file, joined from their fragments. `startedAt` stands in for times that are missing. */
export function readMessages(file: Uint8Array, startedAt: number, losses: Losses): Message[] {
  const messages: Message[] = [];
  const open: Partial<Record<Message['direction'], Open>> = {};
  const add = ({ parts, frames, ...message }: Open) => {
    const data = new Uint8Array(Buffer.concat(parts));
    const closeCode = message.opcode === CLOSE ? closeCodeOf(data) : undefined;
    messages.push({
      index: messages.length,
      ...message,
      data,
      ...(closeCode === undefined ? {} : { closeCode }),
      ...(frames > 1 ? { fragments: frames } : {}),
    });
  };
  for (const { direction, at, bytes } of blocksOf(file, losses)) {
    const { first, payload, cut } = readFrame(bytes);
    if (cut) losses.add('the end of a WebSocket message', `message ${messages.length}`);
    const opcode = first & 15;
    const begun = open[direction];
    const continues = opcode === 0 && begun !== undefined;
    const compressed = (first & COMPRESSED) !== 0;
    if (compressed) losses.add('the text of a compressed WebSocket message', `message ${messages.length}`);
    const message: Open = continues
      ? begun
      : {
          direction,
          at: at || startedAt,
          opcode,
          ...(compressed ? { compressed } : {}),
          parts: [],
          frames: 0,
        };
    message.parts.push(payload);
    message.frames += 1;
    if (first & FIN) {
      if (continues) delete open[direction];
      add(message);
    } else open[direction] = message;
  }
  for (const message of Object.values(open)) add(message);
  return messages;
}
