/**
 * A body as it stands in a SAZ: as on the wire, hence in chunks (RFC 9112 §7.1) where the head says so. Captures keep bodies without
 * their framing. Reading is lenient: what is not in chunks although its head says so is the body as it is.
 */
import { bytesOf } from '#model/head-text.ts';
import { type HeaderPair, type Headers, headerValues } from '#model/headers.ts';

/** Whether the last transfer coding is `chunked`. */
export const isChunked = (headers: Headers): boolean =>
  /(?:^|,)\s*chunked\s*$/i.test(headerValues(headers, 'transfer-encoding').join(','));

export interface FramedBody {
  readonly body: Uint8Array;
  /** False: the framing says that more should come. */
  readonly complete: boolean;
  readonly trailers: readonly HeaderPair[];
}

/** One chunk for all of it; without the last chunk where the body is not complete. */
export function chunked({ body, complete, trailers }: FramedBody): Uint8Array {
  const fields = trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return new Uint8Array(
    Buffer.concat([
      body.length === 0 ? new Uint8Array() : bytesOf(`${body.length.toString(16)}\r\n`),
      body,
      body.length === 0 ? new Uint8Array() : bytesOf('\r\n'),
      complete ? bytesOf(`0\r\n${fields}\r\n`) : new Uint8Array(),
    ]),
  );
}

const SIZE_LINE = /^[0-9a-f]{1,12}[ \t]*(?:;[^\r\n]*)?\r?\n/i;
/** Chunk extensions beyond this are nobody's. */
const MOST_LINE = 4096;

/** What `framed` holds; undefined when it is not in chunks at all. */
export function unchunked(framed: Uint8Array): FramedBody | undefined {
  const bytes = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength);
  const parts: Uint8Array[] = [];
  const whole = (complete: boolean, trailers: readonly HeaderPair[] = []): FramedBody => {
    return { body: new Uint8Array(Buffer.concat(parts)), complete, trailers };
  };
  let at = 0;
  while (at < bytes.length) {
    const [line] = SIZE_LINE.exec(bytes.toString('latin1', at, at + MOST_LINE)) ?? [];
    if (line === undefined) return parts.length === 0 ? undefined : whole(false);
    const size = Number.parseInt(line, 16);
    at += line.length;
    if (size === 0) return whole(true, fieldsOf(bytes.toString('latin1', at)));
    parts.push(bytes.subarray(at, at + size));
    at += size;
    if (at > bytes.length) return whole(false);
    if (bytes[at] === 13) at += 1;
    if (bytes[at] === 10) at += 1;
  }
  return whole(false);
}

function fieldsOf(text: string): HeaderPair[] {
  const [section = ''] = text.split(/\r?\n\r?\n/, 1);
  return section
    .split(/\r?\n/)
    .map((line) => [line, line.indexOf(':')] as const)
    .filter(([, colon]) => colon > 0)
    .map(([line, colon]): HeaderPair => [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
}
