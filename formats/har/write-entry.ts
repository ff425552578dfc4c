/** One session as a HAR 1.2 entry. The pitfalls of the format are handled here; what it cannot say goes into `_sluice`. */

import { requestHeadText, responseHeadText } from '#model/head-text.ts';
import { type Headers, headerValue } from '#model/headers.ts';
import type {
  ExchangeFacts,
  FullSession,
  RequestPart,
  ResponsePart,
  Session,
  SessionRow,
  Timings,
} from '#model/session.ts';
import { foreignFields, withForeignFields } from './foreign-fields.ts';
import { type HarBody, harBody } from './har-body.ts';
import { requestCookies, responseCookies } from './har-cookies.ts';
import { harEvent, harMessage } from './har-messages.ts';
import { capturedUrl, impliedSession, targetOf } from './read-entry.ts';
import { rowDifference, SLUICE_FIELD_VERSION, type SluiceField, sideOf } from './sluice-field.ts';

/** The entry of a session; its own keys can be written out one by one. `maxBodyBytes` bounds each body. */
export async function harEntry(full: FullSession, maxBodyBytes: number) {
  const { row, request, response, facts } = full.session;
  const requestBody = await harBody(full.requestBody, request.head.headers, maxBodyBytes);
  const responseBody = await harBody(full.responseBody, response?.head.headers ?? [], maxBodyBytes);
  const timings = harTimings(full.session.timings);
  const address = facts.serverAddress === undefined ? undefined : ipOf(facts.serverAddress);
  const entry = {
    startedDateTime: new Date(row.startedAt).toISOString(),
    time: totalTime(timings),
    request: harRequest(full, requestBody),
    response: harResponse(full.session, responseBody),
    cache: {},
    timings,
    ...(address === undefined ? {} : { serverIPAddress: address }),
    ...(facts.serverConnection === undefined ? {} : { connection: String(facts.serverConnection) }),
    ...(row.comment === undefined ? {} : { comment: row.comment }),
    ...(full.session.failure === undefined ? {} : { _error: full.session.failure.detail }),
    ...(row.kind === 'websocket'
      ? { _resourceType: 'websocket', _webSocketMessages: full.messages.map(harMessage) }
      : {}),
    ...(row.kind !== 'websocket' && full.messages.length > 0
      ? { _eventSourceMessages: full.messages.map(harEvent) }
      : {}),
  };
  const _sluice = sluiceField(full.session, requestBody, responseBody);
  const sizes = { request: full.requestBody.length, response: full.responseBody.length };
  const implied = impliedSession({ ...entry, _sluice }, 0, sizes);
  const { imported, ...own } = facts;
  const whole = withForeignFields(
    { ...entry, _sluice: { ..._sluice, row: rowDifference(row, implied.row), facts: own } },
    imported,
  );
  if (imported === undefined || foreignFields(whole) === imported) return whole;
  // Of another format's making: there is no place in an entry for it.
  return { ...whole, _sluice: { ...whole._sluice, facts } };
}

function sluiceField(session: Session, requestBody: HarBody, responseBody: HarBody): SluiceField {
  const { row, request, response, informational, facts, timings, failure } = session;
  const side = (part: RequestPart | ResponsePart, body: HarBody) => ({
    ...sideOf(part),
    ...(body.raw === undefined ? {} : { body: body.raw }),
  });
  // HAR has no encoding for request bodies: what is not text goes beside.
  const binaryRequest =
    requestBody.encoding !== undefined && requestBody.raw === undefined && requestBody.size > 0
      ? { body: requestBody.text }
      : {};
  return {
    version: SLUICE_FIELD_VERSION,
    row: {},
    ...(capturedUrl(harUrl(row)) === row.url ? {} : { url: row.url }),
    ...(targetOf(row.url) === request.head.target ? {} : { target: request.head.target }),
    timings,
    facts,
    ...(informational.length === 0 ? {} : { informational }),
    ...(failure === undefined ? {} : { failure }),
    request: { ...side(request, requestBody), ...binaryRequest },
    ...(response === undefined ? {} : { response: side(response, responseBody) }),
  };
}

const pairs = (headers: Headers) => headers.map(([name, value]) => ({ name, value }));
const isHttp1 = (version: string) => version.startsWith('HTTP/1.') || version === '';

function harRequest({ session: { row, request }, requestBody }: FullSession, body: HarBody) {
  const { head } = request;
  const url = harUrl(row);
  const query = url.indexOf('?');
  const text = body.encoding === undefined ? body.text : '';
  return {
    method: head.method,
    url,
    httpVersion: head.httpVersion,
    cookies: requestCookies(head.headers),
    headers: pairs(head.headers),
    queryString:
      query < 0
        ? []
        : [...new URLSearchParams(url.slice(query + 1))].map(([name, value]) => ({ name, value })),
    ...(requestBody.length === 0
      ? {}
      : {
          postData: {
            mimeType: body.mimeType,
            ...(text === undefined ? {} : { text }),
            ...(body.comment === undefined ? {} : { comment: body.comment }),
          },
        }),
    headersSize: isHttp1(head.httpVersion) ? (head.raw ?? requestHeadText(head)).length : -1,
    bodySize: request.body.size,
  };
}

function harResponse({ response }: Session, body: HarBody) {
  if (response === undefined) {
    return {
      status: 0,
      statusText: '',
      httpVersion: '',
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    };
  }
  const { head } = response;
  return {
    status: head.status,
    statusText: head.reason,
    httpVersion: head.httpVersion,
    cookies: responseCookies(head.headers),
    headers: pairs(head.headers),
    content: {
      size: body.size,
      ...(body.coded ? { compression: body.size - response.body.size } : {}),
      mimeType: body.mimeType,
      ...(body.text === undefined ? {} : { text: body.text }),
      ...(body.encoding === undefined ? {} : { encoding: body.encoding }),
      ...(body.comment === undefined ? {} : { comment: body.comment }),
    },
    redirectURL: headerValue(head.headers, 'location') ?? '',
    headersSize: isHttp1(head.httpVersion) ? (head.raw ?? responseHeadText(head)).length : -1,
    bodySize: response.body.size,
  };
}

/** HAR 1.2 §timings: send, wait and receive are never negative, `connect` includes `ssl`, -1 means "does not apply". */
function harTimings({ blocked, dns, connect, tls, send, wait, receive }: Timings) {
  return {
    blocked: blocked ?? -1,
    dns: dns ?? -1,
    connect: connect === undefined && tls === undefined ? -1 : (connect ?? 0) + (tls ?? 0),
    ssl: tls ?? -1,
    send: send ?? 0,
    wait: wait ?? 0,
    receive: receive ?? 0,
  };
}

/** HAR 1.2 §entries: the sum of all timings but those that do not apply; `ssl` is in `connect` already. */
function totalTime(timings: ReturnType<typeof harTimings>): number {
  const { blocked, dns, connect, send, wait, receive } = timings;
  return [blocked, dns, connect, send, wait, receive].reduce((sum, ms) => sum + Math.max(0, ms), 0);
}

/** `ip:port` or `[v6]:port` without its port; undefined for what is no address. */
function ipOf(address: NonNullable<ExchangeFacts['serverAddress']>): string | undefined {
  return /^\[([0-9a-f:.]+)\]:\d+$/i.exec(address)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address)?.[1];
}

/** The URL as HAR wants it: RFC 3986 characters only, no fragment, ws(s) for WebSockets (as Chrome writes them). */
function harUrl({ url, kind }: Pick<SessionRow, 'url' | 'kind'>): string {
  const [whole = ''] = url.split('#', 1);
  const pathAt = whole.indexOf('/', whole.indexOf('://') + 3);
  const authority = pathAt < 0 ? whole : whole.slice(0, pathAt);
  const path = pathAt < 0 ? '' : whole.slice(pathAt);
  const escaped = path.replace(/%(?![0-9a-f]{2})|[^\x21-\x7e]|["<>\\^`{|}[\]]/giu, (char) =>
    // A unit up to 0xFF is an octet of the wire.
    char <= '\xff'
      ? `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
      : encodeURIComponent(char.toWellFormed()),
  );
  return (kind === 'websocket' ? authority.replace(/^http/, 'ws') : authority) + escaped;
}
