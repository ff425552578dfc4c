/** ClientHellos: real ones, as clients on this machine send them, and made ones with what no client on this machine sends. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { listener } from './loopback.ts';

/** The first bytes that Node's TLS client sends, up to the point where it waits. */
export async function nodeHello(options: ConnectionOptions): Promise<Buffer> {
  const accepted = Promise.withResolvers<Socket>();
  await using server = await listener(accepted.resolve);
  const client = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  client.on('error', () => {});
  const socket = await accepted.promise;
  let bytes = Buffer.alloc(0);
  // The length of the record is in its header.
  while (bytes.length < 5 || bytes.length < 5 + bytes.readUInt16BE(3)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    bytes = Buffer.concat([bytes, chunk]);
  }
  client.destroy();
  return bytes;
}

const number = (octets: number, value: number) => {
  const bytes = Buffer.alloc(octets);
  bytes.writeUIntBE(value, 0, octets);
  return bytes;
};

/** A vector with its length before it (RFC 8446 §3.4). */
export const vector = (lengthOctets: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([number(lengthOctets, content.length), content]);
};

export const extension = (type: number, ...content: Uint8Array[]): Buffer =>
  Buffer.concat([number(2, type), vector(2, ...content)]);

export const serverName = (name: string): Buffer =>
  extension(0, vector(2, Buffer.of(0), vector(2, Buffer.from(name, 'latin1'))));

export const alpn = (...names: string[]): Buffer =>
  extension(16, vector(2, ...names.map((name) => vector(1, Buffer.from(name, 'latin1')))));

export const supportedVersions = (...versions: number[]): Buffer =>
  extension(43, vector(1, ...versions.map((version) => number(2, version))));

/** A ClientHello message; `extensions` undefined leaves even their length out. */
export function helloMessage(extensions?: readonly Buffer[], legacyVersion = 0x0303): Buffer {
  const body = Buffer.concat([
    number(2, legacyVersion),
    Buffer.alloc(32, 0xaa),
    vector(1, Buffer.alloc(32, 0xbb)),
    vector(2, Buffer.of(0x1a, 0x1a, 0x13, 0x01)),
    vector(1, Buffer.of(0)),
    ...(extensions ? [vector(2, ...extensions)] : []),
  ]);
  return Buffer.concat([Buffer.of(1), vector(3, body)]);
}

/** A handshake message in records of at most `size` octets each. */
export function records(message: Buffer, size = 16_384): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    parts.push(Buffer.of(0x16, 3, 1), vector(2, message.subarray(at, at + size)));
  }
  return Buffer.concat(parts);
}
