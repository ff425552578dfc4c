/**
 * A request being written. Pure: made blank or from a session, checked, and turned into what is sent. The body stays the captured bytes until its
 * text is really edited, so that opening a request and sending it changes nothing.
 */
import type { ImportedRequest } from '#formats/requests/imported-request.ts';
import type { HeaderPair } from '#model/headers.ts';
import { headerValue } from '#model/headers.ts';
import type { Session, SessionId } from '#model/session.ts';
import { decodeText } from '../../views/content/charset.ts';
import { type BodyClass, classifyBody } from '../../views/content/classify.ts';
import { byteStringOfText, textOfByteString } from '../../views/content/display-text.ts';

export interface DraftHeader {
  /** Identity while rows are moved and edited. */
  readonly key: number;
  /** Off: kept in the draft, not sent. */
  readonly on: boolean;
  readonly name: string;
  readonly value: string;
}

export interface DraftBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Present once the body has been edited as text: it is what is sent then, in UTF-8. */
  readonly text?: string;
}

export type SentVersion = 'HTTP/1.1' | 'HTTP/2.0';

export interface Draft {
  readonly key: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly DraftHeader[];
  readonly body: DraftBody;
  /** What to speak where the server does too. */
  readonly httpVersion: SentVersion;
  /** Present in raw mode: the octets to send, one character each, lines ended as they are written. */
  readonly raw?: string | undefined;
  /** The session it was opened from. */
  readonly parentId?: SessionId;
  /** The session of the last sending. */
  readonly sentId?: SessionId;
  readonly edited: boolean;
}

export function blankDraft(key: number): Draft {
  return {
    key,
    method: 'GET',
    url: 'https://',
    headers: [{ key: 1, on: true, name: 'Accept', value: '*/*' }],
    body: { bytes: new Uint8Array(0) },
    httpVersion: 'HTTP/1.1',
    edited: false,
  };
}

/** `body`: the request's bytes as captured. A session that the composer itself sent is compared with what that one repeated. */
export function draftOf(key: number, session: Session, body: Uint8Array<ArrayBuffer>): Draft {
  const { row, request } = session;
  const own = row.source === 'composer' || row.source === 'replay';
  return {
    key,
    method: textOfByteString(request.head.method),
    url: row.url,
    headers: request.head.headers.map(([name, value], i) => ({
      key: i + 1,
      on: true,
      name: textOfByteString(name),
      value: textOfByteString(value),
    })),
    body: { bytes: body },
    httpVersion: request.head.httpVersion === 'HTTP/2.0' ? 'HTTP/2.0' : 'HTTP/1.1',
    parentId: own ? (row.parentId ?? row.id) : row.id,
    ...(own ? { sentId: row.id } : {}),
    edited: false,
  };
}

/** A request out of a file or the clipboard. Unlike a blank one it counts as written by the user, so that it stays. */
export function draftOfImported(key: number, request: ImportedRequest): Draft {
  return {
    key,
    method: request.method,
    url: request.url,
    headers: request.headers.map(({ name, value, on }, i) => ({
      key: i + 1,
      on,
      name: textOfByteString(name),
      value: textOfByteString(value),
    })),
    body: { bytes: request.body },
    httpVersion: 'HTTP/1.1',
    edited: true,
  };
}

export interface DraftProblems {
  readonly method?: string;
  readonly url?: string;
  /** By header key. */
  readonly headers: ReadonlyMap<number, string>;
}

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function urlProblem(url: string): string | undefined {
  if (url.trim() === '') return 'Type the address to send to.';
  if (!/^https?:\/\//i.test(url)) return 'Begin the address with http:// or https://.';
  if (/^https?:\/\/(?:[/?#]|$)/i.test(url)) return 'Put a host name after the two slashes.';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what it is for
  if (/[\s\x00-\x1f\x7f]/.test(url)) return 'Write spaces in an address as %20.';
  return URL.canParse(url) ? undefined : 'This is not an address; check its host and port.';
}

function headerProblem({ name, value }: DraftHeader): string | undefined {
  if (name === '') return 'A header needs a name.';
  if (!TOKEN.test(name)) return "A header name has letters, digits and -_.!#$%&'*+^`|~ only.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these end or break a header
  return /[\r\n\x00]/.test(value) ? 'A header value must be on one line.' : undefined;
}

/** Everything that keeps the draft from being sent. Rows that are off or wholly empty are not looked at. */
export function problemsOf(draft: Draft): DraftProblems {
  const headers = new Map<number, string>();
  for (const header of draft.headers) {
    if (!header.on || (header.name === '' && header.value === '')) continue;
    const problem = headerProblem(header);
    if (problem !== undefined) headers.set(header.key, problem);
  }
  const url = urlProblem(draft.url);
  return {
    headers,
    ...(TOKEN.test(draft.method) ? {} : { method: 'A method has no spaces: GET, POST, PURGE…' }),
    ...(url === undefined ? {} : { url }),
  };
}

/** Of a raw request only where it goes is looked at. */
export const canSendRaw = ({ url }: DraftProblems): boolean => url === undefined;

export const canSend = ({ method, url, headers }: DraftProblems): boolean =>
  method === undefined && url === undefined && headers.size === 0;

export interface SentRequest {
  readonly httpVersion: SentVersion;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderPair[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What goes over the wire: byte strings, without rows that are off or empty. */
export function requestOf(draft: Draft): SentRequest {
  return {
    httpVersion: draft.httpVersion,
    method: draft.method,
    url: draft.url.replace(/#.*$/s, ''),
    headers: draft.headers
      .filter(({ on, name }) => on && name !== '')
      .map(({ name, value }) => [name, byteStringOfText(value)]),
    body: bodyBytes(draft.body),
  };
}

export function bodyBytes({ bytes, text }: DraftBody): Uint8Array<ArrayBuffer> {
  return text === undefined ? bytes : new TextEncoder().encode(text);
}

/** Longer texts are sent as they are, but not put into an editor. */
const MOST_EDITED_BYTES = 4 * 1024 * 1024;

export interface EditableBody {
  readonly kind: BodyClass;
  /** Undefined: cannot be edited as text without changing bytes that were not meant to change. */
  readonly text: string | undefined;
}

/** The body as something to edit: text only if it is text in UTF-8, every byte of it. */
export function editableBody(draft: Draft): EditableBody {
  const { bytes, text } = draft.body;
  const headers = draft.headers.filter(({ on }) => on).map(({ name, value }): HeaderPair => [name, value]);
  const contentType = headerValue(headers, 'content-type');
  const shown = text === undefined ? bytes : new TextEncoder().encode(text.slice(0, 1024));
  const kind = classifyBody(contentType, shown, shown.length);
  if (text !== undefined) return { kind: kind.kind === 'text' ? kind : PLAIN, text };
  if (kind.kind === 'empty') return { kind: classifyBody(contentType, SPACE, 1), text: '' };
  if (kind.kind !== 'text' || bytes.length > MOST_EDITED_BYTES) return { kind, text: undefined };
  const decoded = decodeText(bytes, contentType);
  const exact = decoded.charset === 'utf-8' && !decoded.lossy && decoded.markBytes === 0;
  return { kind, text: exact ? decoded.text : undefined };
}

const PLAIN: BodyClass = { kind: 'text', language: 'plain', label: 'Text' };
const SPACE = new Uint8Array([32]);
