/** A session with its secrets masked wherever they stand: heads, URL, bodies, messages, comments. Lengths that heads tell are made right. */
import { type HeaderPair, type Headers, headerValue } from '#model/headers.ts';
import type { UnreadBody } from '#model/redaction.ts';
import type {
  BodySide,
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
  const target = masker.uncounted(() => url(head.target, masker));
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

interface RedactedPart<P> {
  readonly part: P;
  readonly bytes: Uint8Array;
  readonly unread?: string;
}

/** One side of an exchange; `head` redacts a head of it. */
async function side<P extends Part>(
  before: P,
  bytes: Uint8Array,
  where: BodySide,
  head: (of: P['head'], masker: Masker) => P['head'],
  masker: Masker,
): Promise<RedactedPart<P>> {
  const fitting = (of: P['head']) => withLength(of, bytes.length, body.bytes.length);
  const redacted = head(before.head, masker);
  const sent = before.sent;
  // It says the same with a few changes.
  const redactedSent = sent === undefined ? undefined : masker.uncounted(() => head(sent, masker));
  const trailers = rewriteHeaders(before.trailers, where, masker);
  masker.place = `${where} body`;
  const extensions = before.chunkExtensions?.map((extension) => masker.sweep(extension));
  const body = await rewriteBody(bytes, before.head.headers, masker);
  const part: P = {
    ...before,
    head: fitting(redacted),
    ...(redactedSent === undefined ? {} : { sent: fitting(redactedSent) }),
    trailers,
    ...(extensions === undefined ? {} : { chunkExtensions: extensions }),
    // A body that was not kept keeps its size.
    body: {
      size: body.bytes === bytes ? before.body.size : body.bytes.length,
      complete: before.body.complete && body.unread === undefined,
    },
  };
  return { part, ...body };
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

/** Everything of the session is read in the order in which it is shown; the session itself stays as it is. */
export async function redactSession(full: FullSession, masker: Masker): Promise<RedactedSession> {
  const { session } = full;
  masker.session = session.row.id;
  const nextRow = row(session.row, masker);
  const asked = await side(session.request, full.requestBody, 'request', request, masker);
  nextRow.requestBodySize = asked.part.body.size;
  const informational = session.informational.map((head) => response(head, masker));
  const next: Session = { ...session, row: nextRow, request: asked.part, informational };
  const answered =
    session.response === undefined
      ? undefined
      : await side(session.response, full.responseBody, 'response', response, masker);
  if (answered !== undefined) {
    next.response = answered.part;
    nextRow.responseBodySize = answered.part.body.size;
  }
  next.facts = facts(session.facts, masker);
  if (session.failure !== undefined) {
    next.failure = { ...session.failure, detail: words(session.failure.detail, 'failure', masker) };
  }
  const messages = full.messages.map((one) => message(one, masker));
  const responseBody = answered?.bytes ?? full.responseBody;
  const unread = [
    ...unreadOf(session, 'request', asked),
    ...(answered === undefined ? [] : unreadOf(session, 'response', answered)),
  ];
  return { full: { session: next, requestBody: asked.bytes, responseBody, messages }, unread };
}

const unreadOf = ({ row: { id } }: Session, which: BodySide, { unread }: RedactedPart<Part>): UnreadBody[] =>
  unread === undefined ? [] : [{ session: id, side: which, reason: unread }];

function facts(before: Session['facts'], masker: Masker): Session['facts'] {
  const { passedInvalid, imported } = before;
  const after = { ...before };
  if (passedInvalid !== undefined) after.passedInvalid = words(passedInvalid, 'failure', masker);
  if (imported !== undefined) {
    // JSON of the tool that the session came from: addresses, headers, whatever it likes to say.
    masker.place = 'fields of another tool';
    const bytes = rewriteContent(new TextEncoder().encode(imported), 'application/json', masker);
    after.imported = new TextDecoder().decode(bytes);
  }
  return after;
}
