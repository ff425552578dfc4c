/**
 * HTTP/2 peers below HTTP/2: a client through a proxy and an origin, both of which write frames by hand and keep what they are sent. They
 * acknowledge SETTINGS and give windows; everything else is for the test to do.
 */
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { HeaderPair } from '#model/headers.ts';
import { HpackDecoder } from '../wire/http2/hpack-decoder.ts';
import { tlsThrough } from './http2-client.ts';
import { frame, PREFACE, readFrames, type SeenFrame, TYPE, uint32 } from './http2-frames.ts';
import { listening, type Origin, type OriginCertificate } from './origin.ts';
import { tunnelSocket } from './raw-client.ts';

const PATIENCE_MS = 10_000;
const LIMITS = { size: 10_000_000, fields: 100_000 };

/** A frame with its header block read, where it has one. */
export interface PeerFrame extends SeenFrame {
  readonly fields: readonly HeaderPair[];
}

export interface RawHttp2Peer {
  readonly socket: Socket;
  /** Sends frames in one write. */
  write(...frames: readonly Uint8Array[]): void;
  /** All frames so far. */
  frames(): readonly PeerFrame[];
  /** Waits for the first frame, of those there are or come, that fits; rejects with what there is when patience or the connection ends. */
  until(fits: (frame: PeerFrame) => boolean): Promise<PeerFrame>;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;
}

export interface PeerOptions {
  /** The SETTINGS frame to begin with; an empty one when absent. */
  readonly settings?: Uint8Array;
  /** Give windows for what comes; true when absent. */
  readonly windows?: boolean;
}

const shown = ({ type, flags, stream, payload }: SeenFrame) => `${type}/${flags}/${stream}/${payload.length}`;

/** `skip`: octets before the first frame. */
function peerOn(
  socket: Socket,
  skip: number,
  options: PeerOptions,
  seen: (frame: PeerFrame) => void,
): RawHttp2Peer {
  const decoder = new HpackDecoder(LIMITS);
  const frames: PeerFrame[] = [];
  const watchers = new Set<() => void>();
  let unread = Buffer.alloc(0);
  let skipping = skip;
  const write = (...parts: readonly Uint8Array[]) => {
    if (socket.writable) socket.write(Buffer.concat(parts));
  };
  const take = (each: SeenFrame) => {
    const block =
      each.type === TYPE.headers ? decoder.decode(each.payload, 0, each.payload.length) : undefined;
    const made: PeerFrame = { ...each, fields: block?.fields.map(({ pair }) => pair) ?? [] };
    frames.push(made);
    if (each.type === TYPE.settings && each.flags === 0) write(frame(TYPE.settings, 1, 0));
    if (each.type === TYPE.data && each.payload.length > 0 && options.windows !== false) {
      const increment = uint32(each.payload.length);
      write(frame(TYPE.windowUpdate, 0, 0, increment), frame(TYPE.windowUpdate, 0, each.stream, increment));
    }
    seen(made);
  };
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    if (unread.length < skipping) return;
    unread = unread.subarray(skipping);
    skipping = 0;
    for (const each of readFrames(unread)) {
      unread = unread.subarray(9 + each.payload.length);
      take(each);
    }
    for (const watcher of [...watchers]) watcher();
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  write(options.settings ?? frame(TYPE.settings, 0, 0));
  return {
    socket,
    write,
    closed,
    frames: () => frames,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(timer);
          watchers.delete(look);
          socket.off('close', gone);
        };
        const look = () => {
          const found = frames.find(fits);
          if (found === undefined) return;
          done();
          resolve(found);
        };
        const fail = (why: string) => {
          done();
          reject(new Error(`${why}; frames (type/flags/stream/octets): ${frames.map(shown).join(' ')}`));
        };
        const gone = () => fail('closed before such a frame');
        const timer = setTimeout(() => fail('no such frame in time'), PATIENCE_MS);
        watchers.add(look);
        socket.on('close', gone);
        look();
        if (socket.destroyed) gone();
      }),
  };
}

/** A client with TLS through the proxy's tunnel to `localhost:port`; without `ca`, in clear text through it. */
export async function rawHttp2Client(
  { port: proxyPort, ca }: { readonly port: number; readonly ca?: string },
  port: number,
  options: PeerOptions = {},
): Promise<RawHttp2Peer & AsyncDisposable> {
  const socket =
    ca === undefined
      ? await tunnelSocket(proxyPort, { authority: `127.0.0.1:${port}` })
      : await tlsThrough(proxyPort, port, ca, ['h2']);
  socket.write(PREFACE);
  const peer = peerOn(socket, 0, options, () => {});
  return {
    ...peer,
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
      await peer.closed;
    },
  };
}

/** What an origin does when a frame with fields has come: a request's head, or its trailers. */
export type RawHttp2Act = (peer: RawHttp2Peer, head: PeerFrame) => void;

export interface RawHttp2Origin extends Origin {
  /** Its connections, in the order they were made. */
  readonly peers: readonly RawHttp2Peer[];
  /** The first of them, once it is there. */
  readonly first: Promise<RawHttp2Peer>;
}

/** An origin that speaks HTTP/2 by ALPN; without `tls`, with prior knowledge. */
export async function rawHttp2Origin(
  tls: OriginCertificate | undefined,
  act: RawHttp2Act,
  options: PeerOptions = {},
): Promise<RawHttp2Origin> {
  const peers: RawHttp2Peer[] = [];
  const { promise: first, resolve } = Promise.withResolvers<RawHttp2Peer>();
  const serve = (socket: Socket) => {
    const peer = peerOn(socket, PREFACE.length, options, (seen) => {
      if (seen.type === TYPE.headers) act(peer, seen);
    });
    peers.push(peer);
    resolve(peer);
  };
  const server =
    tls === undefined ? createTcpServer(serve) : createTlsServer({ ...tls, ALPNProtocols: ['h2'] }, serve);
  server.on('tlsClientError', () => {});
  const origin = await listening(server, tls === undefined ? {} : { tls });
  return { ...origin, peers, first };
}
