/**
 * Loads as much of a session as a filter looks at: its log, bodies after content decoding as text, messages. How content codings are
 * undone is given from outside. Of each body and of all messages together only the beginning is looked at.
 */
import { SluiceError } from '#model/errors.ts';
import type { Need } from '#model/filter/fields.ts';
import type { FilterSubject } from '#model/filter/subject.ts';
import { headerValues, parseMediaType } from '#model/headers.ts';
import type { BodySide, Session, SessionId } from '#model/session.ts';
import type { SessionReader } from './session-reader.ts';

/** Undoes a Content-Encoding; of damaged content it gives what it can. */
export type DecodeContent = (
  bytes: Uint8Array,
  contentEncoding: string,
  options: { readonly maxBytes: number },
) => Promise<{ readonly bytes: Uint8Array }>;

/** So much of a body is read, and so much of it is looked at after decoding. */
export const LOOKED_AT_BYTES = 16 * 1024 * 1024;
/** The same while it is still growing, and is looked at again each time it has grown. */
export const LOOKED_AT_GROWING = 1024 * 1024;
const MESSAGES_AT_ONCE = 1000;

/** Without a decoder, bodies are looked at as they were captured. */
export const asCaptured: DecodeContent = async (bytes) => ({ bytes });

/** A body, decoded, as filters read it. */
export function bodyText(bytes: Uint8Array, contentType: string | undefined): string {
  const charset = parseMediaType(contentType)?.parameters.get('charset') ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

export class SubjectLoader {
  readonly #reader: SessionReader;
  readonly #decode: DecodeContent;

  constructor(reader: SessionReader, decode: DecodeContent) {
    this.#reader = reader;
    this.#decode = decode;
  }

  /** Undefined when there is no such session, or when the capture is damaged there. */
  async load(id: SessionId, needs: ReadonlySet<Need>): Promise<FilterSubject | undefined> {
    try {
      return await this.#load(id, needs);
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'capture-damaged') return undefined;
      throw error;
    }
  }

  async #load(id: SessionId, needs: ReadonlySet<Need>): Promise<FilterSubject | undefined> {
    const session = this.#reader.get(id);
    if (session === undefined) return undefined;
    // Messages are read before the first pause, so that they are of the same moment as the session.
    const messages = needs.has('messages') ? { messages: this.#messages(session) } : {};
    const requestBody = needs.has('request') ? { requestBody: await this.#body(session, 'request') } : {};
    const responseBody =
      needs.has('response') && session.response !== undefined
        ? { responseBody: await this.#body(session, 'response') }
        : {};
    return { row: session.row, session, ...messages, ...requestBody, ...responseBody };
  }

  async #body(session: Session, side: BodySide): Promise<string> {
    const part = side === 'request' ? session.request : session.response;
    if (part === undefined || part.body.size === 0) return '';
    const maxBytes = session.row.state === 'active' ? LOOKED_AT_GROWING : LOOKED_AT_BYTES;
    const captured = this.#reader.readBody(session.row.id, side, 0, maxBytes);
    const encoding = headerValues(part.head.headers, 'content-encoding').join(', ');
    const { bytes } =
      encoding === '' ? { bytes: captured } : await this.#decode(captured, encoding, { maxBytes });
    return bodyText(bytes, headerValues(part.head.headers, 'content-type')[0]);
  }

  #messages({ row, messageCount }: Session): string[] {
    const texts: string[] = [];
    let room = LOOKED_AT_BYTES;
    while (texts.length < messageCount && room > 0) {
      const more = this.#reader.messages(row.id, texts.length, MESSAGES_AT_ONCE);
      if (more.length === 0) break;
      for (const { data } of more) {
        texts.push(new TextDecoder().decode(data.subarray(0, Math.max(0, room))));
        room -= data.length;
      }
    }
    return texts;
  }
}
