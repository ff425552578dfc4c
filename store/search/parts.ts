/**
 * The parts of a session that can be searched, one after the other: the bytes of each, and its text. Bodies come decoded, by a decoder that
 * is given in, up to a cap that is told when it cuts.
 */
import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import { type Headers, headerValue, headerValues, parseMediaType } from '#model/headers.ts';
import type { SearchPart, SearchPlace } from '#model/search.ts';
import type { BodySide, Session } from '#model/session.ts';
import type { SessionReader } from '../session-reader.ts';
import { bodyText } from '../subject-loader.ts';
import { type DecodedBytes, decodeBytes, decodeHead } from './charsets.ts';
import { type Reading, readJson, readPercent } from './escapes.ts';

/** The most of a body, and of what comes out of it, that is searched; the same of one message. */
export const MAX_SEARCHED_BYTES = 16 * 1024 * 1024;
const MESSAGES_AT_ONCE = 100;
const TEXT_OPCODE = 1;
const BINARY_OPCODE = 2;

/** A body without its content codings, at most `maxBytes` of it; `cut`: there is more. Never rejects for what the body is. */
export type ContentDecoder = (
  bytes: Uint8Array,
  contentEncoding: string,
  maxBytes: number,
) => DecodedContent | Promise<DecodedContent>;

export interface DecodedContent {
  readonly bytes: Uint8Array;
  readonly cut: boolean;
}

export interface Part {
  readonly part: SearchPart;
  readonly index?: number;
  readonly bytes: Buffer;
  /** Only its beginning is here. */
  readonly cut: boolean;
  /** Undefined: it is of a type that is no text. */
  readonly text: (() => PartText) | undefined;
  /** The same as a filter reads it, where that may be another text. */
  readonly asFiltered?: () => string;
}

export interface PartText extends DecodedBytes {
  /** The same without its escapes, where it has any. */
  readonly readings: readonly Reading[];
}

const BINARY_TYPE =
  /^(image\/(?!svg)|audio\/|video\/|font\/|application\/(zip|gzip|x-gzip|x-tar|x-7z|x-rar|vnd\.rar|zstd|pdf|wasm|x-shockwave|font|vnd\.ms-fontobject|java-archive|x-bzip))/;
const UNTOLD_TYPE = /^(application\/octet-stream|binary\/octet-stream|application\/x-binary)?$/;

/** Octets that tell text from anything else where the type does not. */
const TOLD_BY = 4096;

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);

/** By type; where that says nothing, by whether there is a zero octet near its beginning. */
function isText(contentType: string | undefined, bytes: Buffer): boolean {
  const type = parseMediaType(contentType)?.essence ?? '';
  if (BINARY_TYPE.test(type)) return false;
  const marked = bytes[0] === 0xff || bytes[0] === 0xfe;
  return !UNTOLD_TYPE.test(type) || marked || !bytes.subarray(0, TOLD_BY).includes(0);
}

/** Of what is no text and was not asked for. */
const UNREAD = { bytes: Buffer.alloc(0), cut: false, text: undefined } as const;

function fieldLines(fields: Headers): string {
  return fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

function headPart(part: SearchPart, octets: string, index?: number): Part {
  const bytes = Buffer.from(octets, 'latin1');
  const text = () => {
    const decoded = decodeHead(bytes);
    const reading = readPercent(decoded.text, false);
    return { ...decoded, readings: reading === undefined ? [] : [reading] };
  };
  return { part, bytes, cut: false, text, ...(index === undefined ? {} : { index }) };
}

function* headParts({ request, response, informational }: Session): Generator<Part> {
  yield headPart('request-head', requestHeadText(request.head));
  if (request.sent) yield headPart('request-sent', requestHeadText(request.sent));
  if (request.trailers.length > 0) yield headPart('request-trailers', fieldLines(request.trailers));
  for (const [i, head] of informational.entries()) yield headPart('informational', responseHeadText(head), i);
  if (!response) return;
  yield headPart('response-head', responseHeadText(response.head));
  if (response.sent) yield headPart('response-sent', responseHeadText(response.sent));
  if (response.trailers.length > 0) yield headPart('response-trailers', fieldLines(response.trailers));
}

function textOf(bytes: Buffer, contentType: string | undefined): PartText {
  const decoded = decodeBytes(bytes, contentType);
  const form = parseMediaType(contentType)?.essence === 'application/x-www-form-urlencoded';
  const readings = [readJson(decoded.text), form ? readPercent(decoded.text, true) : undefined];
  return { ...decoded, readings: readings.filter((reading) => reading !== undefined) };
}

/** Reads parts of stored sessions. */
export class PartReader {
  readonly #reader: SessionReader;
  readonly #decode: ContentDecoder;
  readonly #maxBytes: number;

  constructor(reader: SessionReader, decode: ContentDecoder, maxBytes = MAX_SEARCHED_BYTES) {
    this.#reader = reader;
    this.#decode = decode;
    this.#maxBytes = maxBytes;
  }

  /** Parts of `session` in these places. Without `binary`, what is no text comes without its bytes. */
  async *partsOf(session: Session, places: ReadonlySet<SearchPlace>, binary: boolean): AsyncGenerator<Part> {
    if (places.has('url')) yield headPart('url', session.row.url);
    if (places.has('head')) yield* headParts(session);
    for (const side of ['request', 'response'] as const) {
      if (!places.has(`${side}-body`)) continue;
      const part = await this.#body(session, side, binary);
      if (part) yield part;
    }
    if (places.has('message') && session.messageCount > 0) yield* this.#messages(session, binary);
  }

  async #body(session: Session, side: BodySide, binary: boolean): Promise<Part | undefined> {
    const message = side === 'request' ? session.request : session.response;
    const size = message?.body.size ?? 0;
    if (message === undefined || size === 0) return undefined;
    const { headers } = message.head;
    const contentType = headerValue(headers, 'content-type');
    if (!binary && BINARY_TYPE.test(parseMediaType(contentType)?.essence ?? ''))
      return { part: `${side}-body`, ...UNREAD };
    const coding = headerValues(headers, 'content-encoding').join(', ');
    const read = (most: number) => this.#reader.readBody(session.row.id, side, 0, Math.min(size, most));
    // Downloads are large, and nearly all no text: their beginnings say so.
    const tellable = !binary && coding === '' && size > TOLD_BY;
    if (tellable && !isText(contentType, bufferOf(read(TOLD_BY)))) return { part: `${side}-body`, ...UNREAD };
    const captured = read(this.#maxBytes);
    const plain = { bytes: captured, cut: false };
    const decoding = coding === '' ? plain : this.#decode(captured, coding, this.#maxBytes);
    // Not waited for where there is nothing to wait for: there are millions of bodies.
    const decoded = decoding instanceof Promise ? await decoding : decoding;
    const bytes = bufferOf(decoded.bytes);
    const text = isText(contentType, bytes) ? () => textOf(bytes, contentType) : undefined;
    const cut = decoded.cut || size > captured.length;
    return { part: `${side}-body`, bytes, cut, text, asFiltered: () => bodyText(bytes, contentType) };
  }

  *#messages(session: Session, binary: boolean): Generator<Part> {
    const { id } = session.row;
    for (let from = 0; from < session.messageCount; from += MESSAGES_AT_ONCE) {
      const messages = this.#reader.messages(id, from, MESSAGES_AT_ONCE);
      if (messages.length === 0) return;
      for (const { index, opcode, data } of messages) {
        const bytes = bufferOf(data).subarray(0, this.#maxBytes);
        const isBinary = opcode === BINARY_OPCODE && !isText(undefined, bytes);
        if (isBinary && !binary) {
          yield { part: 'message', index, ...UNREAD };
          continue;
        }
        const text = isBinary
          ? undefined
          : () => textOf(bytes, opcode === TEXT_OPCODE ? 'text/plain;charset=utf-8' : undefined);
        const asFiltered = () => new TextDecoder().decode(bytes);
        yield { part: 'message', index, bytes, cut: bytes.length < data.length, text, asFiltered };
      }
    }
  }
}
