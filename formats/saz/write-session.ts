/** The files of one session in a SAZ. What they cannot say goes into the `x-sluice` flag, which Fiddler keeps and shows as any other. */
import { readRequestHead, readResponseHead, requestHeadText, responseHeadText } from '#model/head-text.ts';
import type {
  FullSession,
  RequestHead,
  RequestPart,
  ResponseHead,
  ResponsePart,
  Session,
} from '#model/session.ts';
import { cleanHead } from '../har/clean.ts';
import { targetOf } from '../har/read-entry.ts';
import { rowDifference, SLUICE_FIELD_VERSION, sideOf } from '../har/sluice-field.ts';
import { addFolded, Losses } from '../losses.ts';
import { colourOf } from './colours.ts';
import { dotnetDate } from './dates.ts';
import { chunked, isChunked } from './framed-body.ts';
import { messagesFile } from './messages.ts';
import { metadataText, readMetadata, type SazMetadata } from './metadata.ts';
import { impliedSession, type SazFiles } from './read-session.ts';
import { SAZ_FLAG, type SazField, sazFieldText, sazFlagsOf } from './saz-field.ts';

/** Fiddler's SessionFlags. */
const BIT = { https: 1, serverReused: 0x10, blindTunnel: 0x1000, webSocket: 0x40000 } as const;

function file(headText: string, part: RequestPart | ResponsePart, body: Uint8Array): Uint8Array {
  const { trailers, head } = part;
  const { complete } = part.body;
  const framed = isChunked(head.headers) ? chunked({ body, complete, trailers }) : body;
  return new Uint8Array(Buffer.concat([Buffer.from(headText, 'latin1'), framed]));
}

const members = (head: RequestHead | ResponseHead) =>
  'method' in head
    ? [head.method, head.target, head.httpVersion, head.headers]
    : [head.httpVersion, head.status, head.reason, head.headers];

const same = (a: RequestHead | ResponseHead, b: RequestHead | ResponseHead) =>
  JSON.stringify(members(a)) === JSON.stringify(members(b));

/** The head without its octets, and with the target that the file has. */
function written({ row, request }: Session): RequestHead {
  const { raw: _, ...head } = request.head;
  return { ...head, target: row.kind === 'tunnel' ? targetOf(row.url) : row.url };
}

/** `ip:port` or `[v6]:port` in its two parts. */
function addressOf(address: string | undefined): [string, string] | undefined {
  const [, six, four, port = ''] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+)):(\d+)$/i.exec(address ?? '') ?? [];
  const ip = six ?? four;
  return ip === undefined ? undefined : [ip, port];
}

function metadataOf({ row, facts, timings }: Session): SazMetadata {
  const { blocked = 0, dns = 0, connect = 0, tls = 0, send = 0, wait = 0, receive = 0 } = timings;
  const connected = row.startedAt + blocked + dns + connect + tls;
  const bits =
    (row.scheme === 'https' ? BIT.https : 0) |
    (facts.serverReused === true ? BIT.serverReused : 0) |
    (row.kind === 'tunnel' ? BIT.blindTunnel : 0) |
    (row.kind === 'websocket' ? BIT.webSocket : 0);
  const times: [string, number][] = [
    ['ClientConnected', row.startedAt],
    ['ClientBeginRequest', row.startedAt],
    ['GotRequestHeaders', row.startedAt],
    ['ClientDoneRequest', row.startedAt],
    ['ServerConnected', connected],
    ['FiddlerBeginRequest', connected],
    ['ServerGotRequest', connected + send],
    ['ServerBeginResponse', connected + send + wait],
    ['GotResponseHeaders', connected + send + wait],
    ['ServerDoneResponse', connected + send + wait + receive],
    ['ClientBeginResponse', connected + send + wait],
    ['ClientDoneResponse', row.startedAt + (row.durationMs ?? 0)],
  ];
  const [clientIp, clientPort] = addressOf(facts.clientAddress) ?? [];
  const [hostIp] = addressOf(facts.serverAddress) ?? [];
  const flags: [string, string | undefined][] = [
    ...sazFlagsOf(facts.imported),
    ['x-clientip', clientIp],
    ['x-clientport', clientPort],
    ['x-hostip', hostIp],
    ['ui-comments', row.comment],
  ];
  const colour = colourOf(row.mark);
  if (colour !== undefined) flags.push(['ui-color', colour]);
  return {
    session: new Map([
      ['SID', String(row.id)],
      ['BitFlags', String(bits)],
    ]),
    timers: new Map([
      ...times.map(([name, ms]): [string, string] => [name, dotnetDate(ms)]),
      ['DNSTime', String(Math.round(dns))],
      ['TCPConnectTime', String(Math.round(connect))],
      ['HTTPSHandshakeTime', String(Math.round(tls))],
    ]),
    pipe: new Map(facts.serverReused === true ? [['Reused', 'true']] : []),
    flags: new Map(flags.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  };
}

function fieldOf(session: Session): SazField {
  const { request, response, informational, timings, failure, facts, row } = session;
  const { raw: _, ...head } = request.head;
  const asked = written(session);
  const told = cleanHead(readRequestHead(requestHeadText(asked)));
  const answer = response === undefined ? undefined : { ...response.head };
  if (answer !== undefined) delete answer.raw;
  return {
    version: SLUICE_FIELD_VERSION,
    row: {},
    ...(row.kind === 'tunnel' || /^https?:\/\//.test(row.url) ? {} : { url: row.url }),
    ...(targetOf(row.url) === head.target ? {} : { target: head.target }),
    timings,
    facts,
    ...(informational.length === 0 ? {} : { informational }),
    ...(failure === undefined ? {} : { failure }),
    request: sideOf(request),
    ...(response === undefined ? {} : { response: sideOf(response) }),
    ...(same(told, asked) ? {} : { requestHead: head }),
    ...(answer === undefined || same(cleanHead(readResponseHead(responseHeadText(answer))), answer)
      ? {}
      : { responseHead: answer }),
  };
}

/** @param losses is told what not even the flag holds */
export function sessionFiles(full: FullSession, losses: Losses): SazFiles {
  const { session, requestBody, responseBody, messages } = full;
  const { row, request, response, facts } = session;
  const metadata = metadataOf(session);
  addFolded(session, losses);
  const files: SazFiles = {
    request: file(requestHeadText(written(session)), request, requestBody),
    response:
      response === undefined
        ? new Uint8Array()
        : file(responseHeadText(response.head), response, responseBody),
    ...(row.kind === 'websocket' ? { messages: messagesFile(messages, losses) } : {}),
  };
  if (row.kind !== 'websocket' && messages.length > 0) {
    losses.add('when each server-sent event came', `${messages.length}, which stand in the body`);
  }
  const sized: SazField = {
    ...fieldOf(session),
    ...(request.body.size === requestBody.length ? {} : { requestSize: request.body.size }),
    ...((response?.body.size ?? 0) === responseBody.length ? {} : { responseSize: response?.body.size ?? 0 }),
  };
  // As it will be read: XML has no place for some characters of a comment.
  const told = readMetadata(metadataText(metadata));
  const first = impliedSession(files, told, sized, 0, new Losses());
  const field = first.session.row.url === row.url ? sized : { ...sized, url: row.url };
  const implied = field === sized ? first : impliedSession(files, told, field, 0, new Losses());
  const text = sazFieldText({ ...field, row: rowDifference(row, implied.session.row), facts });
  const flags = new Map([...metadata.flags, [SAZ_FLAG, text]]);
  return { ...files, metadata: metadataText({ ...metadata, flags }) };
}
