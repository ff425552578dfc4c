/**
 * One session of a SAZ, ours or Fiddler's, from its files. Tolerant: only the request is demanded. What is Fiddler's alone (its flags) is
 * kept with the session as it is.
 */
import { SluiceError } from '#model/errors.ts';
import { readRequestHead, readResponseHead } from '#model/head-text.ts';
import { headerValue, parseMediaType } from '#model/headers.ts';
import type {
  ExchangeFacts,
  FullSession,
  RequestHead,
  ResponseHead,
  Session,
  Timings,
} from '#model/session.ts';
import { beginSession, foldEvent, splitUrl } from '#model/session-fold.ts';
import { cleanHead, octets } from '../har/clean.ts';
import { targetOf } from '../har/read-entry.ts';
import { partOf, rowOf } from '../har/sluice-field.ts';
import type { Losses } from '../losses.ts';
import { markOf } from './colours.ts';
import { readDotnetDate } from './dates.ts';
import { isChunked, unchunked } from './framed-body.ts';
import { readMessages } from './messages.ts';
import { readMetadata, type SazMetadata } from './metadata.ts';
import { readSazField, SAZ_FLAG, type SazField } from './saz-field.ts';

/** The files of one number. */
export interface SazFiles {
  /** `_c.txt` */
  readonly request: Uint8Array;
  /** `_s.txt`; empty or absent when no response came. */
  readonly response?: Uint8Array;
  /** `_m.xml` */
  readonly metadata?: string;
  /** `_w.txt` */
  readonly messages?: Uint8Array;
}

interface Side<H> {
  readonly head: H;
  readonly body: Uint8Array;
  readonly complete: boolean;
  readonly trailers: [string, string][];
}

/** Head and body of `_c.txt` or `_s.txt`. */
function sideOf<H extends RequestHead | ResponseHead>(
  file: Uint8Array,
  readHead: (text: string) => H,
): Side<H> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const found = bytes.indexOf('\r\n\r\n');
  const end = found < 0 ? bytes.length : found + 4;
  const head = cleanHead(readHead(bytes.toString('latin1', 0, end)));
  const body = file.subarray(end);
  const framed = isChunked(head.headers) ? unchunked(body) : undefined;
  if (framed !== undefined) return { head, ...framed, trailers: [...framed.trailers] };
  const length = Number(headerValue(head.headers, 'content-length') ?? Number.NaN);
  // A body that HEAD or 304 leave out is complete; one that is there in part is not.
  const complete = !(body.length > 0 && body.length < length);
  return { head, body, complete, trailers: [] };
}

const HTTP = /^https?:\/\//i;

/** Fiddler writes absolute URLs; other tools the path alone, which the Host field and the flags complete. */
function urlOf(head: RequestHead, { flags, session }: SazMetadata): string {
  if (head.method === 'CONNECT') return `tunnel://${head.target.replace(HTTP, '')}`;
  const [target = ''] = head.target.split('#', 1);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return target.replace(/^ws(?=s?:)/i, 'http');
  const host = headerValue(head.headers, 'host');
  if (host === undefined)
    throw new SluiceError('bad-file', 'its request has neither an absolute URL nor a Host');
  const tls =
    /:443$/.test(host) || flags.has('https-client-version') || (Number(session.get('BitFlags')) & 1) === 1;
  return `${tls ? 'https' : 'http'}://${host}${target.startsWith('/') ? target : `/${target}`}`;
}

const version = (text: string) => (/^HTTP\/[23]\.0$/.test(text) ? text.slice(0, -2) : text);

/** Flags that the session says otherwise. */
const TOLD = new Set([
  ...['x-clientip', 'x-clientport', 'x-hostip', 'ui-color', 'ui-comments', 'x-serversocket', 'x-egressport'],
  ...['x-responsebodytransferlength', SAZ_FLAG],
]);

function foreignFacts({ flags, pipe }: SazMetadata, url: string): ExchangeFacts {
  const address = (ip: string, port: string | number) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  const client = flags.get('x-clientip');
  const server = flags.get('x-hostip');
  const rest = [...flags].filter(([name]) => !TOLD.has(name));
  const colour = flags.get('ui-color');
  if (colour !== undefined && markOf(colour) === undefined) rest.push(['ui-color', colour]);
  return {
    ...(client === undefined ? {} : { clientAddress: address(client, flags.get('x-clientport') ?? 0) }),
    ...(server === undefined ? {} : { serverAddress: address(server, splitUrl(url).port) }),
    ...(pipe.get('Reused') === 'true' ? { serverReused: true } : {}),
    ...(rest.length === 0 ? {} : { imported: JSON.stringify({ saz: { flags: Object.fromEntries(rest) } }) }),
  };
}

function foreignTimings({ timers }: SazMetadata): Timings {
  const at = (name: string) => readDotnetDate(timers.get(name));
  const between = (from: string, to: string) => {
    const [start, end] = [at(from), at(to)];
    return start === undefined || end === undefined || end < start ? undefined : end - start;
  };
  const lasted = (name: string) => Number(timers.get(name) ?? 0) || undefined;
  const phases = {
    dns: lasted('DNSTime'),
    connect: lasted('TCPConnectTime'),
    tls: lasted('HTTPSHandshakeTime'),
    send: between('FiddlerBeginRequest', 'ServerGotRequest'),
    wait: between('ServerGotRequest', 'ServerBeginResponse'),
    receive: between('ServerBeginResponse', 'ServerDoneResponse'),
  };
  return Object.fromEntries(Object.entries(phases).filter(([, ms]) => ms !== undefined));
}

/**
 * The session that the files imply, before the row fields that `field` adds, with its bodies and messages.
 * @throws SluiceError `bad-file`, with a message that goes on after "session 3: "
 */
export function impliedSession(
  files: SazFiles,
  metadata: SazMetadata,
  field: SazField | undefined,
  id: number,
  losses: Losses,
): FullSession {
  const request = sideOf(files.request, readRequestHead);
  const url = octets(field?.url ?? urlOf(request.head, metadata));
  const startedAt =
    readDotnetDate(metadata.timers.get('ClientBeginRequest')) ??
    readDotnetDate(metadata.timers.get('ClientConnected')) ??
    0;
  const http2 = field === undefined ? version : (text: string) => text;
  const head =
    field?.requestHead === undefined
      ? {
          ...request.head,
          target: octets(field?.target ?? targetOf(url)),
          httpVersion: http2(request.head.httpVersion),
        }
      : cleanHead(field.requestHead);
  const upgraded = files.messages !== undefined;
  const session = beginSession({
    type: 'begin',
    id,
    kind: url.startsWith('tunnel:') ? 'tunnel' : upgraded ? 'websocket' : 'http',
    source: 'import',
    at: startedAt,
    url,
    head,
  });
  const { row } = session;
  Object.assign(session.request, partOf(head, field?.request));
  if (field === undefined) session.request.trailers = request.trailers;
  session.request.body = {
    size: field?.requestSize ?? request.body.length,
    complete: field === undefined ? request.complete : (field.request.complete ?? true),
  };
  row.requestBodySize = session.request.body.size;
  session.informational = (field?.informational ?? []).map(cleanHead);

  let responseBody: Uint8Array = new Uint8Array();
  if (field === undefined ? (files.response?.length ?? 0) > 0 : field.response !== undefined) {
    const response = sideOf(files.response ?? new Uint8Array(), readResponseHead);
    const answer =
      field?.responseHead === undefined
        ? { ...response.head, httpVersion: http2(response.head.httpVersion) }
        : cleanHead(field.responseHead);
    foldEvent(session, { type: 'response-head', id, head: answer });
    session.response = {
      ...partOf(answer, field?.response),
      ...(field === undefined ? { trailers: response.trailers } : {}),
      body: {
        size: field?.responseSize ?? response.body.length,
        complete: field === undefined ? response.complete : (field.response?.complete ?? true),
      },
    };
    row.responseBodySize = session.response.body.size;
    responseBody = response.body;
  }
  finish(session, metadata, field);
  const messages = files.messages === undefined ? [] : readMessages(files.messages, startedAt, losses);
  session.messageCount = messages.length;
  return { session, requestBody: request.body, responseBody, messages };
}

/** Facts, end and what people added. */
function finish(session: Session, metadata: SazMetadata, field: SazField | undefined): void {
  const { row } = session;
  const { id, url, startedAt } = row;
  foldEvent(session, { type: 'facts', id, facts: field?.facts ?? foreignFacts(metadata, url) });
  const failure =
    field === undefined
      ? session.response === undefined
        ? { code: 'other' as const, detail: 'The imported file holds no response.' }
        : undefined
      : field.failure;
  foldEvent(session, {
    type: 'end',
    id,
    at: readDotnetDate(metadata.timers.get('ClientDoneResponse')) ?? startedAt,
    state: failure === undefined ? 'completed' : 'failed',
    timings: field?.timings ?? foreignTimings(metadata),
    ...(failure === undefined ? {} : { failure }),
  });
  const comment = metadata.flags.get('ui-comments') ?? '';
  if (comment !== '') row.comment = comment;
  row.mark = markOf(metadata.flags.get('ui-color') ?? '') ?? 0;
  const mime = parseMediaType(headerValue(session.response?.head.headers ?? [], 'content-type'))?.essence;
  if (mime !== undefined) row.mime = mime;
}

/** @throws SluiceError `bad-file`, with a message that goes on after "session 3: " */
export function readSession(files: SazFiles, id: number, losses: Losses): FullSession {
  const metadata = readMetadata(files.metadata ?? '');
  const field = readSazField(metadata.flags.get(SAZ_FLAG));
  const colour = metadata.flags.get('ui-color');
  if (field === undefined && colour !== undefined && markOf(colour) === undefined) {
    losses.add('a colour that is no mark', colour.slice(0, 40));
  }
  const full = impliedSession(files, metadata, field, id, losses);
  const row = rowOf(full.session.row, field?.row ?? {});
  if (typeof row === 'string') throw new SluiceError('bad-file', row);
  return { ...full, session: { ...full.session, row } };
}
