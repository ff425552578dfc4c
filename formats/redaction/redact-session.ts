/** A session with its secrets masked wherever they stand: heads, URL, bodies, messages, comments. Lengths that heads tell are made right. */
import { type HeaderPair, type Headers, headerValue } from '#model/headers.ts';
import type { UnreadBody } from '#model/redaction.ts';
import type {
  FullSession,
  Message,
  RequestHead,
  RequestPart,
  ResponseHead,
  ResponsePart,
  Session,
  SessionRow,
} from '#model/session.ts';
import { splitUrl } from '#model/session-fold.ts';
import type { Masker } from './masker.ts';
import { unicode, utf8 } from './octets.ts';
import { rewriteBody } from './rewrite-body.ts';
import { rewriteContent } from './rewrite-content.ts';
import { rewriteUrl } from './rewrite-fields.ts';
import { rewriteHeaders } from './rewrite-headers.ts';
import { rewriteValue } from './rewrite-value.ts';

export interface RedactedSession {
  readonly full: FullSession;
  readonly unread: readonly UnreadBody[];
}

const CLOSE = 8;
const BINARY = 2;

/** Text of people, which is Unicode. */
function words(text: string, place: string, masker: Masker): string {
  masker.place = place;
  const octets = utf8(text);
  const rewritten = rewriteValue(octets, masker);
  return rewritten === octets ? text : unicode(rewritten);
}

function url(text: string, masker: Masker): string {
  masker.place = 'URL';
  return rewriteUrl(text, masker, (value) => rewriteValue(value, masker, 1));
}

/** `raw` says the same as the pairs: where a secret went from those, the octets go too. */
function request(head: RequestHead, masker: Masker): RequestHead {
  const target = url(head.target, masker);
  const method = masker.sweep(head.method);
  const headers = rewriteHeaders(head.headers, 'request', masker);
  const { raw, ...plain } = head;
  const next = { ...plain, method, target, headers };
  const changed = target !== head.target || method !== head.method || differ(headers, head.headers);
  return raw === undefined || changed ? next : { ...next, raw: masker.sweep(raw) };
}

function response(head: ResponseHead, masker: Masker): ResponseHead {
  const reason = masker.sweep(head.reason);
  const headers = rewriteHeaders(head.headers, 'response', masker);
  const { raw, ...plain } = head;
  const next = { ...plain, reason, headers };
  const changed = reason !== head.reason || differ(headers, head.headers);
  return raw === undefined || changed ? next : { ...next, raw: masker.sweep(raw) };
}

const differ = (a: Headers, b: Headers) => a.some((pair, i) => pair !== b[i]);

/** A length that was right stays right. */
function withLength<H extends RequestHead | ResponseHead>(head: H, before: number, after: number): H {
  if (before === after || headerValue(head.headers, 'content-length') !== String(before)) return head;
  const headers = head.headers.map(
    ([name, value]): HeaderPair => (/^content-length$/i.test(name) ? [name, String(after)] : [name, value]),
  );
  const { raw: _, ...plain } = head;
  return { ...plain, headers } as H;
}

type Part = RequestPart | ResponsePart;

/** What both sides have beside their head. */
function rest<P extends Part>(part: P, where: string, size: number, unread: boolean, masker: Masker): P {
  masker.place = `${where} body`;
  return {
    ...part,
    trailers: rewriteHeaders(part.trailers, where, masker),
    ...(part.chunkExtensions === undefined
      ? {}
      : { chunkExtensions: part.chunkExtensions.map((e) => masker.sweep(e)) }),
    body: { size, complete: part.body.complete && !unread },
  };
}

function message(one: Message, masker: Masker): Message {
  masker.place = 'message';
  const contentType = one.opcode === BINARY ? 'application/octet-stream' : undefined;
  // A close message begins with two octets of code; what is no text is looked through as it is.
  const data = one.data.length === 0 ? one.data : rewriteContent(one.data, contentType, masker);
  const { id } = one.event ?? {};
  return {
    ...one,
    data: new Uint8Array(data),
    ...(one.opcode === CLOSE || one.event === undefined || id === undefined
      ? {}
      : { event: { ...one.event, id: masker.sweep(id) } }),
    ...(one.flaw === undefined ? {} : { flaw: masker.sweep(one.flaw) }),
  };
}

function row(before: SessionRow, masker: Masker): SessionRow {
  const address = url(before.url, masker);
  const parts = address === before.url ? {} : { url: address, path: splitUrl(address).path };
  const comment = before.comment === undefined ? {} : { comment: words(before.comment, 'comment', masker) };
  return { ...before, method: masker.sweep(before.method), ...parts, ...comment };
}

export async function redactSession(full: FullSession, masker: Masker): Promise<RedactedSession> {
  const { session } = full;
  masker.session = session.row.id;
  const unread: UnreadBody[] = [];
  const nextRow = row(session.row, masker);
  const requestHead = request(session.request.head, masker);
  masker.place = 'request body';
  const sent = await rewriteBody(full.requestBody, session.request.head.headers, masker);
  masker.place = 'response body';
  const came = await rewriteBody(full.responseBody, session.response?.head.headers ?? [], masker);
  for (const [side, { unread: reason }] of [
    ['request', sent],
    ['response', came],
  ] as const) {
    if (reason !== undefined) unread.push({ session: session.row.id, side, reason });
  }

  const requestSize = sizeAfter(session.request.body.size, full.requestBody, sent.bytes);
  const nextRequest: RequestPart = rest(
    session.request,
    'request',
    requestSize,
    sent.unread !== undefined,
    masker,
  );
  nextRequest.head = withLength(requestHead, full.requestBody.length, sent.bytes.length);
  if (session.request.sent !== undefined) {
    nextRequest.sent = withLength(
      request(session.request.sent, masker),
      full.requestBody.length,
      sent.bytes.length,
    );
  }
  const next: Session = {
    ...session,
    row: nextRow,
    request: nextRequest,
    informational: session.informational.map((head) => response(head, masker)),
    facts: facts(session.facts, masker),
    ...(session.failure === undefined
      ? {}
      : { failure: { ...session.failure, detail: words(session.failure.detail, 'failure', masker) } }),
  };
  nextRow.requestBodySize = requestSize;
  if (session.response !== undefined) {
    const size = sizeAfter(session.response.body.size, full.responseBody, came.bytes);
    const part: ResponsePart = rest(session.response, 'response', size, came.unread !== undefined, masker);
    part.head = withLength(
      response(session.response.head, masker),
      full.responseBody.length,
      came.bytes.length,
    );
    if (session.response.sent !== undefined) {
      part.sent = withLength(
        response(session.response.sent, masker),
        full.responseBody.length,
        came.bytes.length,
      );
    }
    next.response = part;
    nextRow.responseBodySize = size;
  }
  const messages = full.messages.map((one) => message(one, masker));
  return { full: { session: next, requestBody: sent.bytes, responseBody: came.bytes, messages }, unread };
}

/** A body that was not kept keeps its size. */
const sizeAfter = (size: number, before: Uint8Array, after: Uint8Array) =>
  before === after ? size : after.length;

function facts(before: Session['facts'], masker: Masker): Session['facts'] {
  if (before.passedInvalid === undefined) return before;
  return { ...before, passedInvalid: words(before.passedInvalid, 'failure', masker) };
}
