/**
 * Parts of a request by name, and the request with another value there: `query.page`, `header.Accept`, `cookie.sid`, `form.name`, `path.2` (a
 * segment, from 1), `$.user.id` (JSON, RFC 9535), `method`, `body`, and `text:abc` for that text wherever it stands. What is not meant stays
 * octet for octet. Pure. It refuses parts that the request does not have and cannot get.
 */
import { SluiceError } from '#model/errors.ts';
import type { HeaderPair } from '#model/headers.ts';
import { setCookie } from '#proxy-core/intercept/cookie-edits.ts';
import { setHeader } from '#proxy-core/intercept/header-edits.ts';
import { compilePath, jsonSet, parseJson } from '#proxy-core/intercept/json-edits.ts';
import { setMember, withQuery } from '#proxy-core/intercept/query-edits.ts';

export interface PlainRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  /** Without content codings. */
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface RequestPart {
  /** Whether it stands in the body, which must then be free of content codings. */
  readonly inBody: boolean;
  /** @throws SluiceError `usage` when the request has no such part. */
  set(request: PlainRequest, value: string): PlainRequest;
}

const latin1 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
const octetsOf = (text: string, encoding: 'utf8' | 'latin1') => new Uint8Array(Buffer.from(text, encoding));
/** Header values are byte strings. */
const byteString = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

/** The address as it stands, cut where the path begins. */
function cutUrl(url: string): [origin: string, target: string] {
  const at = url.indexOf('/', url.indexOf('://') + 3);
  const query = url.indexOf('?');
  const cut = at < 0 || (query >= 0 && query < at) ? (query < 0 ? url.length : query) : at;
  return [url.slice(0, cut), url.slice(cut)];
}

function setSegment(url: string, number: number, value: string): string {
  const [origin, target] = cutUrl(url);
  const query = target.search(/[?#]/);
  const path = query < 0 ? target : target.slice(0, query);
  const segments = path.split('/');
  if (segments[number] === undefined) {
    throw new SluiceError('usage', `The path ${path} has no part ${number}: it has ${segments.length - 1}.`);
  }
  segments[number] = encodeURIComponent(value);
  return origin + segments.join('/') + (query < 0 ? '' : target.slice(query));
}

/** Numbers stay numbers where the new value is one; a text stays a text. */
function jsonValue(text: string, path: ReturnType<typeof compilePath>, root: ReturnType<typeof parseJson>) {
  const before = path.query(root).nodes[0]?.value;
  if (typeof before === 'string') return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function setJson(body: Uint8Array, path: string, value: string): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(body);
  try {
    const compiled = compilePath(path);
    const root = parseJson(text);
    const { nodes } = compiled.query(root);
    const changed = jsonSet(root, compiled, jsonValue(value, compiled, root), path);
    if (nodes.length === 0 && compiled.query(changed).nodes.length === 0) throw new Error('nothing is there');
    return octetsOf(JSON.stringify(changed), 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError('usage', `${path} cannot be set in this body: ${why}`, { cause });
  }
}

/** Texts of people are looked for in UTF-8, and in an address also as it is written there. */
function replaceText(
  { method, url, headers, body }: PlainRequest,
  text: string,
  value: string,
): PlainRequest {
  const [find, put] = [byteString(text), byteString(value)];
  const inUrl = url.replaceAll(encodeURIComponent(text), encodeURIComponent(value));
  return {
    method,
    url: inUrl === url ? url.replaceAll(text, encodeURIComponent(value)) : inUrl,
    headers: headers.map(([name, old]): HeaderPair => [name, old.replaceAll(find, put)]),
    body: body.length === 0 ? body : octetsOf(latin1(body).replaceAll(find, put), 'latin1'),
  };
}

const NAMED: Readonly<Record<string, (request: PlainRequest, name: string, value: string) => PlainRequest>> =
  {
    query: (request, name, value) => {
      const [origin, target] = cutUrl(request.url);
      return { ...request, url: origin + withQuery(target, (query) => setMember(query, name, value)) };
    },
    header: (request, name, value) => ({
      ...request,
      headers: setHeader(request.headers, name, byteString(value)),
    }),
    cookie: (request, name, value) => ({
      ...request,
      headers: setCookie('request', request.headers, name, byteString(value)),
    }),
    form: (request, name, value) => ({
      ...request,
      body: octetsOf(setMember(latin1(request.body), name, value), 'latin1'),
    }),
    path: (request, name, value) => ({ ...request, url: setSegment(request.url, Number(name), value) }),
  };

/** @throws SluiceError `usage` for what names no part. */
export function requestPart(name: string): RequestPart {
  if (name === 'method') return { inBody: false, set: (request, method) => ({ ...request, method }) };
  if (name === 'body') {
    return { inBody: true, set: (request, text) => ({ ...request, body: octetsOf(text, 'utf8') }) };
  }
  if (name.startsWith('$')) {
    return {
      inBody: true,
      set: (request, value) => ({ ...request, body: setJson(request.body, name, value) }),
    };
  }
  const text = /^text:(.+)$/s.exec(name)?.[1];
  if (text !== undefined) {
    return { inBody: true, set: (request, value) => replaceText(request, text, value) };
  }
  const [, kind = '', rest = ''] = /^([a-z]+)\.(.+)$/s.exec(name) ?? [];
  const set = Object.hasOwn(NAMED, kind) ? NAMED[kind] : undefined;
  if (set !== undefined && (kind !== 'path' || /^[1-9]\d{0,2}$/.test(rest))) {
    return { inBody: kind === 'form', set: (request, value) => set(request, rest, value) };
  }
  throw new SluiceError(
    'usage',
    `"${name}" is no part of a request: write query.NAME, header.NAME, cookie.NAME, form.NAME, path.2, $.json.path, method, body or text:TEXT.`,
  );
}
