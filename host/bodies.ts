/**
 * Bodies of stored sessions as people and checks want them: by range, as captured or content-decoded, and whole sessions for exports.
 * Decoding needs a body from its beginning, so decoded bodies are kept for a while; both what is read and what comes out is capped.
 */
import { contentCodings, type DecodedContent, decodeContent } from '#formats/content-decoding.ts';
import { SluiceError } from '#model/errors.ts';
import { headerValues } from '#model/headers.ts';
import type { BodySide, FullSession, Message, Session, SessionId } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';

type Reader = Pick<CaptureStore, 'get' | 'readBody' | 'messages'>;

/** The most that is read of a coded body, and the most that may come out of it. */
export const MAX_DECODED = 64 * 1024 * 1024;
const CACHED_BYTES = 96 * 1024 * 1024;
const PIECE = 4 * 1024 * 1024;
const MESSAGES_AT_ONCE = 1000;

/** A body under one view: `total` bytes, some of which `read` gives. */
export interface BodyView {
  readonly session: Session;
  readonly total: number;
  /** Why there is less than the whole of it. */
  readonly problem?: string;
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The session. @throws SluiceError `not-found`. */
export async function sessionOf(store: Pick<CaptureStore, 'get'>, id: SessionId): Promise<Session> {
  const session = await store.get(id);
  if (!session) throw new SluiceError('not-found', `There is no session ${id} in this capture.`);
  return session;
}

const partOf = (session: Session, side: BodySide) =>
  side === 'request' ? session.request : session.response;

/** Size of a body as captured; 0 when there is no such side. */
export const bodySize = (session: Session, side: BodySide): number => partOf(session, side)?.body.size ?? 0;

const encodingOf = (session: Session, side: BodySide) =>
  headerValues(partOf(session, side)?.head.headers ?? [], 'content-encoding').join(', ');

/** The first `limit` bytes as captured. */
export const readCaptured = (
  store: Reader,
  session: Session,
  side: BodySide,
  limit = Number.MAX_SAFE_INTEGER,
) =>
  bodySize(session, side) === 0
    ? Promise.resolve(new Uint8Array())
    : store.readBody(session.row.id, side, 0, Math.min(bodySize(session, side), limit));

/** The body decoded, of and to at most `limit` bytes. */
export async function readDecoded(
  store: Reader,
  session: Session,
  side: BodySide,
  limit: number,
): Promise<DecodedContent> {
  const captured = await readCaptured(store, session, side, limit);
  const decoded = await decodeContent(captured, encodingOf(session, side), { maxBytes: limit });
  if (decoded.problem !== undefined || captured.length === bodySize(session, side)) return decoded;
  return { bytes: decoded.bytes, problem: `cut: only the first ${limit} bytes were read` };
}

export interface BodyViews {
  /** @throws SluiceError `not-found`. */
  open(id: SessionId, side: BodySide, decoded: boolean): Promise<BodyView>;
}

/** Views on the bodies of `store`, with a cache of decoded ones. */
export function createBodyViews(store: Reader): BodyViews {
  const cache = new Map<string, DecodedContent>();

  function keep(key: string, content: DecodedContent): void {
    cache.set(key, content);
    let bytes = [...cache.values()].reduce((sum, one) => sum + one.bytes.length, 0);
    for (const [oldest, { bytes: freed }] of cache) {
      if (bytes <= CACHED_BYTES || oldest === key) break;
      cache.delete(oldest);
      bytes -= freed.length;
    }
  }

  async function decode(session: Session, side: BodySide): Promise<DecodedContent> {
    const key = `${session.row.id} ${side}`;
    const kept = cache.get(key);
    if (kept) return kept;
    const content = await readDecoded(store, session, side, MAX_DECODED);
    if (session.row.state !== 'active') keep(key, content);
    return content;
  }

  return {
    async open(id, side, decoded) {
      const session = await sessionOf(store, id);
      if (!decoded || contentCodings(encodingOf(session, side)).length === 0) {
        const read = (start: number, end: number) => store.readBody(id, side, start, end);
        return { session, total: bodySize(session, side), read };
      }
      const { bytes, problem } = await decode(session, side);
      return {
        session,
        total: bytes.length,
        ...(problem === undefined ? {} : { problem }),
        // A copy: the cache's bytes are shared, and what is sent may be transferred.
        read: async (start, end) => new Uint8Array(bytes.subarray(start, end)),
      };
    },
  };
}

/** Bytes [start, end) of a view in pieces, so that no more than one piece is in memory. */
export async function* piecesOf(view: BodyView, start = 0, end = view.total): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += PIECE) yield await view.read(at, Math.min(at + PIECE, end));
}

async function allMessages(store: Reader, session: Session): Promise<Message[]> {
  const messages: Message[] = [];
  while (messages.length < session.messageCount) {
    const more = await store.messages(session.row.id, messages.length, MESSAGES_AT_ONCE);
    if (more.length === 0) break;
    messages.push(...more);
  }
  return messages;
}

/** The session with its bodies as captured and its messages. @throws SluiceError `not-found`. */
export async function fullSession(store: Reader, id: SessionId): Promise<FullSession> {
  const session = await sessionOf(store, id);
  const [requestBody, responseBody, messages] = await Promise.all([
    readCaptured(store, session, 'request'),
    readCaptured(store, session, 'response'),
    allMessages(store, session),
  ]);
  return { session, requestBody, responseBody, messages };
}
