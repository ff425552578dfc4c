/**
 * One HAR entry, ours or another tool's, as a session. Tolerant: unknown fields are passed over, missing optional ones are absent. Only
 * what no session can be without is demanded: a request with an absolute URL, and a start time.
 *
 * Another tool's text bodies were content-decoded by that tool, while its headers still name the coding: the decoded text is the body
 * and the header stays as it was; decodeContent() shows such a body as it is.
 */
import { SluiceError } from '#model/errors.ts';
import { type HeaderPair, parseMediaType } from '#model/headers.ts';
import type { ExchangeFacts, FullSession, Session, SessionFailure, Timings } from '#model/session.ts';
import { beginSession, foldEvent, splitUrl } from '#model/session-fold.ts';
import type { Losses } from '../losses.ts';
import { cleanHead, octets } from './clean.ts';
import { foreignFields, MAX_FOREIGN_CHARS } from './foreign-fields.ts';
import { readMessage } from './har-messages.ts';
import { partOf, rowOf, SLUICE_FIELD_VERSION, SluiceField } from './sluice-field.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fields = (value: unknown): Fields => (isFields(value) ? value : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** Pairs without HTTP/2 pseudo fields. Firefox and Chrome may join several Set-Cookie values with line feeds; we never do. */
function headerPairs(value: unknown, ours: boolean): HeaderPair[] {
  return list(value)
    .map(fields)
    .filter((field) => text(field.name) !== '' && !text(field.name).startsWith(':'))
    .flatMap((field) =>
      (ours ? [text(field.value)] : text(field.value).split('\n')).map(
        (line): HeaderPair => [octets(field.name), octets(line)],
      ),
    );
}

/** What the reader makes of a HAR URL: no fragment, and WebSocket sessions keep http(s). */
export function capturedUrl(url: string): string {
  const [whole = ''] = url.split('#', 1);
  return whole.replace(/^ws(?=s?:)/i, 'http');
}

/** The request target that a URL implies (RFC 9112 §3.2): authority form for tunnels, else origin form. */
export function targetOf(url: string): string {
  return url.startsWith('tunnel://') ? url.slice('tunnel://'.length) : splitUrl(url).path;
}

/** Other tools' spellings ("h2", "http/2.0", "unknown") as HTTP/1.1 heads write them. */
function httpVersion(value: string, ours: boolean): string {
  if (ours) return value;
  const version = /^(?:http\/|h)(\d)(?:\.(\d))?$/i.exec(value.trim());
  if (version === null) return 'HTTP/1.1';
  const [, major = '1', minor = '0'] = version;
  return Number(major) >= 2 ? `HTTP/${major}` : `HTTP/${major}.${minor}`;
}

function sluiceField(entry: Fields): SluiceField | undefined {
  if (fields(entry._sluice).version !== SLUICE_FIELD_VERSION) return undefined;
  const parsed = SluiceField.safeParse(entry._sluice);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SluiceError('bad-har', `its _sluice.${issue?.path.join('.')} is damaged: ${issue?.message}`);
}

/**
 * The session that an entry's fields imply, before the row fields that `_sluice` adds. `sizes` are those of the bodies at hand.
 * @throws SluiceError `bad-har`
 */
export function impliedSession(
  entry: Fields,
  id: number,
  sizes: { readonly request: number; readonly response: number },
): Session {
  const ours = sluiceField(entry);
  const request = fields(entry.request);
  const response = fields(entry.response);
  const url = octets(ours?.url ?? capturedUrl(text(request.url)));
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) throw new SluiceError('bad-har', 'it has no absolute request.url');
  const startedAt = Date.parse(text(entry.startedDateTime));
  if (Number.isNaN(startedAt))
    throw new SluiceError('bad-har', 'its startedDateTime is not an ISO 8601 time');
  const session = beginSession({
    type: 'begin',
    id,
    kind:
      entry._resourceType === 'websocket' || /^wss?:/i.test(text(request.url))
        ? 'websocket'
        : url.startsWith('tunnel:')
          ? 'tunnel'
          : 'http',
    source: 'import',
    at: startedAt,
    url,
    head: {
      method: octets(request.method) || (ours === undefined ? 'GET' : ''),
      target: octets(ours?.target ?? targetOf(url)),
      httpVersion: httpVersion(octets(request.httpVersion), ours !== undefined),
      headers: headerPairs(request.headers, ours !== undefined),
    },
  });
  const { row } = session;
  const size = (bodySize: unknown, bytes: number) =>
    ours === undefined ? bytes : Math.max(0, Math.trunc(finite(bodySize) ?? bytes));
  session.request.body = { size: size(request.bodySize, sizes.request), complete: complete(ours?.request) };
  Object.assign(session.request, partOf(session.request.head, ours?.request));
  row.requestBodySize = session.request.body.size;

  session.informational = (ours?.informational ?? []).map(cleanHead);
  const status = Math.trunc(finite(response.status) ?? 0);
  if (ours === undefined ? status > 0 : ours.response !== undefined) {
    const head = {
      httpVersion: httpVersion(octets(response.httpVersion), ours !== undefined),
      status,
      reason: octets(response.statusText),
      headers: headerPairs(response.headers, ours !== undefined),
    };
    foldEvent(session, { type: 'response-head', id, head });
    const content = fields(response.content);
    const leftOut = content.text === undefined && (finite(content.size) ?? 0) > 0;
    session.response = {
      ...partOf(head, ours?.response),
      body: {
        size: size(response.bodySize, sizes.response),
        complete: ours === undefined ? !leftOut : complete(ours.response),
      },
    };
    row.responseBodySize = session.response.body.size;
    const mime = parseMediaType(text(content.mimeType))?.essence;
    if (mime !== undefined && row.mime === undefined) row.mime = mime;
  }
  foldEvent(session, { type: 'facts', id, facts: factsOf(entry, ours, url) });
  const failure = ours === undefined ? foreignFailure(entry, session) : ours.failure;
  foldEvent(session, {
    type: 'end',
    id,
    at: startedAt,
    state: failure === undefined ? 'completed' : 'failed',
    timings: ours?.timings ?? foreignTimings(fields(entry.timings)),
    ...(failure === undefined ? {} : { failure }),
  });
  row.durationMs = Math.max(0, finite(entry.time) ?? 0);
  if (text(entry.comment) !== '') row.comment = text(entry.comment);
  session.messageCount = messagesOf(entry).length;
  return session;
}

const messagesOf = (entry: Fields) => [
  ...list(entry._webSocketMessages),
  ...list(entry._eventSourceMessages),
];

const complete = (side: SluiceField['request'] | undefined) => side?.complete ?? true;

/** The fields of other tools are in `_sluice` only where they could not stand where they stood. */
function factsOf(entry: Fields, ours: SluiceField | undefined, url: string): ExchangeFacts {
  const facts = ours?.facts ?? foreignFacts(entry, url);
  const imported = facts.imported ?? foreignFields(entry);
  return imported === undefined || imported.length > MAX_FOREIGN_CHARS ? facts : { ...facts, imported };
}

function foreignFacts(entry: Fields, url: string): ExchangeFacts {
  const ip = text(entry.serverIPAddress).replace(/^\[|\]$/g, '');
  const connection = Number(text(entry.connection) || Number.NaN);
  return {
    ...(ip === '' ? {} : { serverAddress: `${ip.includes(':') ? `[${ip}]` : ip}:${splitUrl(url).port}` }),
    ...(Number.isSafeInteger(connection) ? { serverConnection: connection } : {}),
  };
}

/** Chrome names the net error of a request without a response in `_error`. */
function foreignFailure(entry: Fields, { response }: Session): SessionFailure | undefined {
  const error = text(entry._error) || text(fields(entry.response)._error);
  if (error === '' && response !== undefined) return undefined;
  return { code: 'other', detail: error || 'The imported file holds no response.' };
}

function foreignTimings(timings: Fields): Timings {
  const ms = (value: unknown) => {
    const number = finite(value);
    return number === undefined || number < 0 ? undefined : number;
  };
  const { blocked, dns, connect, ssl, send, wait, receive } = timings;
  const tls = ms(ssl);
  const tcp = ms(connect);
  const phases = {
    blocked: ms(blocked),
    dns: ms(dns),
    connect: tcp === undefined ? undefined : Math.max(0, tcp - (tls ?? 0)),
    tls,
    send: ms(send),
    wait: ms(wait),
    receive: ms(receive),
  };
  return Object.fromEntries(Object.entries(phases).filter(([, value]) => value !== undefined));
}

const fromBase64 = (value: string) => new Uint8Array(Buffer.from(value, 'base64'));
const utf8 = (value: string) => new TextEncoder().encode(value);

function requestBody(entry: Fields, ours: SluiceField | undefined): Uint8Array {
  if (ours?.request.body !== undefined) return fromBase64(ours.request.body);
  const data = fields(fields(entry.request).postData);
  if (data.encoding === 'base64' || data._encoding === 'base64') return fromBase64(text(data.text));
  if (text(data.text) !== '' || ours !== undefined) return utf8(text(data.text));
  if (parseMediaType(text(data.mimeType))?.essence !== 'application/x-www-form-urlencoded') {
    return new Uint8Array();
  }
  const form = list(data.params).map(fields);
  return utf8(
    new URLSearchParams(
      form.map((field): [string, string] => [text(field.name), text(field.value)]),
    ).toString(),
  );
}

function responseBody(entry: Fields, ours: SluiceField | undefined): Uint8Array {
  if (ours?.response?.body !== undefined) return fromBase64(ours.response.body);
  const content = fields(fields(entry.response).content);
  return content.encoding === 'base64' ? fromBase64(text(content.text)) : utf8(text(content.text));
}

/** What of an entry the session will not have. */
function lossesOf(entry: Fields, losses: Losses): void {
  const foreign = foreignFields(entry)?.length ?? 0;
  if (foreign > MAX_FOREIGN_CHARS) {
    losses.add('fields of the tool that wrote the file', `${foreign} characters are too many to keep`);
  }
  const files = list(fields(fields(entry.request).postData).params)
    .map(fields)
    .filter((field) => field.fileName !== undefined || field.contentType !== undefined);
  if (files.length > 0 && text(fields(fields(entry.request).postData).text) === '') {
    losses.add(
      'a form of several parts, of which the file has no text',
      files.length === 1 ? '1 file' : `${files.length} files`,
    );
  }
}

/**
 * The session of an entry as JSON.parse gave it. `id` counts where the entry has none of its own.
 * @throws SluiceError `bad-har`, with a message that goes on after "entry 3: "
 */
export function readEntry(entry: unknown, id: number, losses?: Losses): FullSession {
  if (!isFields(entry)) throw new SluiceError('bad-har', 'it is not an object');
  if (losses !== undefined) lossesOf(entry, losses);
  const ours = sluiceField(entry);
  const bodies = { requestBody: requestBody(entry, ours), responseBody: responseBody(entry, ours) };
  const session = impliedSession(entry, id, {
    request: bodies.requestBody.length,
    response: bodies.responseBody.length,
  });
  const row = rowOf(session.row, ours?.row ?? {});
  if (typeof row === 'string') throw new SluiceError('bad-har', row);
  return {
    session: { ...session, row },
    ...bodies,
    messages: messagesOf(entry).map((raw, index) => readMessage(fields(raw), index)),
  };
}
