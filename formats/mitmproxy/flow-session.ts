/** One HTTP flow of mitmproxy (file versions of mitmproxy 7 to 12) as a session, its WebSocket messages included. */
import { bytesOf } from '#model/head-text.ts';
import type { HeaderPair } from '#model/headers.ts';
import type { FullSession, Message, SessionId } from '#model/session.ts';
import { beginSession, durationMs, foldEvent } from '#model/session-fold.ts';
import type { Losses } from '../losses.ts';
import { utf8 } from '../octets.ts';
import { flowFacts, flowTimings } from './flow-facts.ts';
import { isMap, listIn, mapIn, numberIn, octetsOf, textIn } from './flow-fields.ts';
import type { TnetMap, TnetValue } from './tnetstring.ts';

const MOST_HEADERS = 10_000;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Nothing of a file may put further fields or lines into a request that somebody sends again. */
const clean = (value: TnetValue | undefined) => octetsOf(value).replace(/[\r\n\0]+/g, ' ');

function pairs(list: readonly TnetValue[]): HeaderPair[] {
  return list.slice(0, MOST_HEADERS).flatMap((pair): HeaderPair[] => {
    if (!Array.isArray(pair)) return [];
    const [name, value]: readonly TnetValue[] = pair;
    return clean(name).startsWith(':') ? [] : [[clean(name), clean(value)]];
  });
}

/** "HTTP/2.0" as heads here write it. */
const version = (message: TnetMap) =>
  clean(message.get('http_version')).replace(/^(HTTP\/[23])\.0$/, '$1') || 'HTTP/1.1';

function urlOf(request: TnetMap): string {
  const scheme = clean(request.get('scheme')) || 'http';
  const host = clean(request.get('host'));
  const port = numberIn(request, 'port') ?? 0;
  const authority = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const path = clean(request.get('path')) || '/';
  const [, absolute] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/i.exec(path) ?? [];
  const target = absolute ?? path;
  const place = port === 0 || port === DEFAULT_PORTS[scheme] ? authority : `${authority}:${port}`;
  return `${scheme}://${place}${target.startsWith('/') ? target : `/${target === '*' ? '' : target}`}`.replace(
    /#.*$/s,
    '',
  );
}

/** The body, and whether all of it is there: mitmproxy keeps none of what it streamed. */
function bodyOf(message: TnetMap): { bytes: Uint8Array; complete: boolean } {
  const content = message.get('content');
  return content instanceof Uint8Array
    ? { bytes: new Uint8Array(content), complete: true }
    : { bytes: new Uint8Array(0), complete: false };
}

const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);

/** `[opcode, from client, content, time, dropped, injected]`. */
function messages(websocket: TnetMap, losses: Losses): Omit<Message, 'index'>[] {
  const all = listIn(websocket, 'messages').flatMap((one): Omit<Message, 'index'>[] => {
    if (!Array.isArray(one)) return [];
    const [opcode, fromClient, content, time, dropped, injected]: readonly TnetValue[] = one;
    if (dropped === true) losses.add('that a message was dropped');
    if (injected === true) losses.add('that a message was put in by hand');
    return [
      {
        direction: fromClient === true ? 'sent' : 'received',
        at: typeof time === 'number' ? time * 1000 : 0,
        opcode: typeof opcode === 'number' ? Math.trunc(opcode) : 1,
        data: content instanceof Uint8Array ? new Uint8Array(content) : bytesOf(octetsOf(content)),
      },
    ];
  });
  const code = numberIn(websocket, 'close_code');
  if (code === undefined) return all;
  const direction = websocket.get('closed_by_client') === true ? 'sent' : 'received';
  const at = ms(numberIn(websocket, 'timestamp_end')) ?? all.at(-1)?.at ?? 0;
  const reason = utf8(textIn(websocket, 'close_reason') ?? '');
  // RFC 6455 §5.5.1.
  const data = new Uint8Array([(code >> 8) & 0xff, code & 0xff, ...reason]);
  return [...all, { direction, at, opcode: 8, data, closeCode: Math.trunc(code) }];
}

/** mitmproxy's marks are emoji by name; those it writes for colours are ours as well. */
const MARKS: Readonly<Record<string, 1 | 2 | 3 | 4 | 5>> = {
  ':red_circle:': 1,
  ':orange_circle:': 2,
  ':yellow_circle:': 3,
  ':green_circle:': 4,
  ':blue_circle:': 5,
};

function annotations(flow: TnetMap, losses: Losses): { mark: 0 | 1 | 2 | 3 | 4 | 5; comment?: string } {
  const marked = flow.get('marked');
  const name = marked === true ? ':default:' : textIn(flow, 'marked');
  const mark = name === undefined ? 0 : (MARKS[name] ?? 1);
  if (name !== undefined && name !== ':default:' && MARKS[name] === undefined)
    losses.add('mark that is none of ours', name);
  const comment = textIn(flow, 'comment');
  return { mark, ...(comment === undefined ? {} : { comment: comment.slice(0, 10_000) }) };
}

/** The session; undefined for a flow that has no request. */
export function sessionOfFlow(flow: TnetMap, id: SessionId, losses: Losses): FullSession | undefined {
  const request = mapIn(flow, 'request');
  if (clean(request.get('host')) === '') return undefined;
  const response = flow.get('response');
  const websocket = flow.get('websocket');
  const startedAt = ms(numberIn(request, 'timestamp_start')) ?? 0;
  const isConnect = clean(request.get('method')).toUpperCase() === 'CONNECT';
  const url = urlOf(request);
  const session = beginSession({
    type: 'begin',
    id,
    kind: isConnect ? 'tunnel' : 'http',
    source: 'import',
    at: startedAt,
    url: isConnect ? url.replace(/^[a-z]+:\/\//i, 'tunnel://').replace(/\/$/, '') : url,
    head: {
      method: clean(request.get('method')) || 'GET',
      target: isConnect ? clean(request.get('authority')) : clean(request.get('path')) || '/',
      httpVersion: version(request),
      headers: pairs(listIn(request, 'headers')),
    },
  });
  foldEvent(session, { type: 'facts', id, facts: flowFacts(flow) });
  const sent = bodyOf(request);
  if (!sent.complete) losses.add('body of the request, which mitmproxy did not keep');
  if (sent.bytes.length > 0) foldEvent(session, { type: 'request-data', id, data: sent.bytes });
  if (sent.complete)
    foldEvent(session, { type: 'request-end', id, trailers: pairs(listIn(request, 'trailers')) });
  let received = new Uint8Array(0) as Uint8Array;
  let endedAt = ms(numberIn(request, 'timestamp_end')) ?? startedAt;
  if (isMap(response)) {
    const head = {
      httpVersion: version(response),
      status: Math.trunc(numberIn(response, 'status_code') ?? 0),
      reason: clean(response.get('reason')),
      headers: pairs(listIn(response, 'headers')),
    };
    const kind = isMap(websocket) ? { kind: 'websocket' as const } : {};
    foldEvent(session, { type: 'response-head', id, head, ...kind });
    const body = bodyOf(response);
    received = body.bytes;
    if (!body.complete) losses.add('body of the response, which mitmproxy did not keep');
    if (received.length > 0) foldEvent(session, { type: 'response-data', id, data: received });
    if (body.complete)
      foldEvent(session, { type: 'response-end', id, trailers: pairs(listIn(response, 'trailers')) });
    endedAt = ms(numberIn(response, 'timestamp_end')) ?? endedAt;
  }
  const all = isMap(websocket) ? messages(websocket, losses) : [];
  for (const message of all) foldEvent(session, { type: 'message', id, message });
  const error = flow.get('error');
  const failed = isMap(error) || !isMap(response);
  const detail = isMap(error) ? textIn(error, 'msg') : undefined;
  endedAt = Math.max(endedAt, all.at(-1)?.at ?? 0);
  foldEvent(session, {
    type: 'end',
    id,
    at: startedAt + durationMs(startedAt, endedAt),
    state: failed ? 'failed' : 'completed',
    timings: flowTimings(flow),
    ...(failed
      ? { failure: { code: 'other', detail: detail ?? 'The imported flow holds no response.' } }
      : {}),
  });
  Object.assign(session.row, annotations(flow, losses));
  return {
    session,
    requestBody: sent.bytes,
    responseBody: received,
    messages: all.map((message, index) => ({ index, ...message })),
  };
}
