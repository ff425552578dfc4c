/**
 * A captured body as HAR writes it: content-decoded text in Unicode where that is exact, base64 otherwise; and the captured bytes
 * beside it wherever the text alone does not give them back.
 */
import { type Headers, headerValue, headerValues, type MediaType, parseMediaType } from '#model/headers.ts';
import { contentCodings, decodeContent } from '../content-decoding.ts';

export interface HarBody {
  /** Header value with its parameters, "" when there is none. */
  readonly mimeType: string;
  /** Length after content decoding. */
  readonly size: number;
  /** Set when a content coding was undone. */
  readonly coded: boolean;
  /** Absent: the body is over the limit and left out. */
  readonly text?: string;
  readonly encoding?: 'base64';
  /** The captured bytes in base64, when they are not exactly what `text` stands for. */
  readonly raw?: string;
  /** One sentence, when the body is not whole. */
  readonly comment?: string;
}

const BINARY =
  /^(?:image\/(?!svg)|audio\/|video\/|font\/)|[/+](?:octet-stream|zip|gzip|pdf|wasm|protobuf|x-protobuf|grpc|msgpack|cbor)\b/;

const base64 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** The text of `bytes` in the charset its type names, else UTF-8; undefined when a byte has no place in it, or for binary types. */
export function exactText(bytes: Uint8Array, type: MediaType | undefined): string | undefined {
  if (type !== undefined && BINARY.test(type.essence)) return undefined;
  const decode = (charset: string) =>
    new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  try {
    return decode(type?.parameters.get('charset') ?? 'utf-8');
  } catch (error) {
    // A RangeError is a charset nobody knows; a TypeError bytes that are not in it.
    if (!(error instanceof RangeError)) return undefined;
  }
  try {
    return decode('utf-8');
  } catch {
    return undefined;
  }
}

/** Bodies over `maxBytes`, captured or decoded, are left out or cut, and say so in `comment`. */
export async function harBody(bytes: Uint8Array, headers: Headers, maxBytes: number): Promise<HarBody> {
  const mimeType = headerValue(headers, 'content-type') ?? '';
  if (bytes.length > maxBytes) {
    const comment = `left out: ${bytes.length} bytes are more than the ${maxBytes} that are written into a HAR file`;
    return { mimeType, size: bytes.length, coded: false, comment };
  }
  const coding = headerValues(headers, 'content-encoding').join(', ');
  const { bytes: decoded, problem } = await decodeContent(bytes, coding, { maxBytes });
  const text = exactText(decoded, parseMediaType(mimeType));
  const standsFor = text === undefined ? decoded : new TextEncoder().encode(text);
  return {
    mimeType,
    size: decoded.length,
    coded: contentCodings(coding).length > 0 && problem === undefined,
    ...(text === undefined ? { text: base64(decoded), encoding: 'base64' as const } : { text }),
    ...(Buffer.compare(standsFor, bytes) === 0 ? {} : { raw: base64(bytes) }),
    ...(problem === undefined ? {} : { comment: problem }),
  };
}
