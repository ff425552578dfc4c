/** HTTP/2 connections without sockets: two against each other, or one against frames written by hand. What they tell is kept as lines. */
import type { HeaderPair } from '#model/headers.ts';
import { Connection } from '../wire/http2/connection.ts';
import type { Http2Stream, StreamHandler } from '../wire/http2/stream.ts';
import {
  frame,
  headers,
  PREFACE,
  pseudoFields,
  readFrames,
  type SeenFrame,
  TYPE,
  uint32,
} from './http2-frames.ts';

export const SETTINGS = frame(TYPE.settings, 0, 0);
export const setting = (id: number, value: number) =>
  frame(TYPE.settings, 0, 0, Buffer.concat([Buffer.of(0, id), uint32(value)]));

export interface End {
  readonly connection: Connection;
  readonly events: string[];
  readonly streams: Http2Stream[];
  /** Frames to the other end since the last time. */
  sent(): SeenFrame[];
  bytes(): Buffer;
}

/** Tells what it hears; streams are watched too. */
export function end(role: 'server' | 'client'): End {
  const events: string[] = [];
  const streams: Http2Stream[] = [];
  const connection: Connection = new Connection(role, {
    opened: (stream, block, ended) => {
      streams.push(stream);
      watch(stream, events);
      events.push(`opened ${stream.id} ${block.fields.length}${ended ? ' whole' : ''}`);
    },
    freed: () => {},
    goingAway: () => events.push('going away'),
    failed: (code, message) => events.push(`failed ${code} ${message}`),
    output: () => {},
  });
  const bytes = () => Buffer.concat([...connection.writer.take()]);
  const sent = () => {
    const all = bytes();
    return readFrames(all.subarray(0, PREFACE.length).equals(PREFACE) ? all.subarray(PREFACE.length) : all);
  };
  return { connection, events, streams, sent, bytes };
}

function watch(stream: Http2Stream, events: string[]): void {
  const { id } = stream;
  const handler: StreamHandler = {
    receivedHead: (block, ended) => {
      const values = block.fields.map(({ pair }) => pair[1]).join();
      stream.headDone = !values.startsWith('1');
      events.push(`head ${id} ${values}${ended ? ' whole' : ''}`);
    },
    receivedData: (bytes) => events.push(`data ${id} ${bytes.length > 20 ? bytes.length : bytes.toString()}`),
    receivedEnd: (trailers) => events.push(`end ${id} ${trailers.map(({ pair }) => pair.join('=')).join()}`),
    receivedReset: ({ code, by, unprocessed, message }) =>
      events.push(`reset ${id} ${code} by ${by}${unprocessed ? ' unprocessed' : ''} ${message}`.trim()),
    drained: () => events.push(`drained ${id}`),
    sweep: () => {},
  };
  stream.handler = handler;
}

/** A server whose client has said hello. */
export function server(...frames: Buffer[]): End {
  const made = end('server');
  made.connection.push(Buffer.concat([PREFACE, SETTINGS, ...frames]), 0);
  return made;
}

/** Carries octets between the two until there are none. */
function settle(one: End, other: End): void {
  for (let moved = true; moved; ) {
    moved = false;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const bytes = from.bytes();
      from.connection.pump();
      if (bytes.length > 0) {
        to.connection.push(bytes, 0);
        moved = true;
      }
    }
  }
}

export function pair() {
  const ends = { client: end('client'), server: end('server') };
  settle(ends.client, ends.server);
  return { ...ends, settle: () => settle(ends.client, ends.server) };
}

export const ask = (id: number, flags = 1, ...more: HeaderPair[]) =>
  headers(id, [...pseudoFields('/'), ...more], flags);

export function open(from: End, last = true): Http2Stream {
  const stream = from.connection.open();
  watch(stream, from.events);
  stream.sendHead(pseudoFields('/'), [], last);
  return stream;
}
