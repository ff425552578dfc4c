/**
 * The same exchange in every pair of versions: one client and one origin for each, told in one form what to ask and what to answer. The
 * client over HTTP/2 and the origin over HTTP/1.1 write by hand; the origin over HTTP/2 writes frames.
 */
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { Surroundings, TestEngine } from '../engine/contract-tests/bench-engine.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { answerOf, http2Client, pseudo } from './http2-client.ts';
import { frame, headers as headersFrame, TYPE, uint32 } from './http2-frames.ts';
import { type RawHttp2Peer, rawHttp2Origin } from './http2-raw-peers.ts';
import type { Origin } from './origin.ts';
import { rawTunnelClient } from './raw-client.ts';
import { rawOrigin } from './raw-origin.ts';

/** Client's version, then origin's. */
export type Pair = '2 to 2' | '2 to 1.1' | '1.1 to 2' | '1.1 to 1.1';
/** Those of which one is HTTP/2. */
export const PAIRS: readonly Pair[] = ['2 to 2', '2 to 1.1', '1.1 to 2'];
export const ALL_PAIRS: readonly Pair[] = [...PAIRS, '1.1 to 1.1'];

/** What an origin says; a part that is not there is not said. */
export interface Answer {
  readonly interim?: readonly (readonly [status: number, fields: Headers])[];
  readonly status: number;
  readonly fields?: Headers;
  readonly body?: string;
  /** Over HTTP/1.1 they come in chunks. */
  readonly trailers?: Headers;
  /** How it breaks off after the body: in the middle of the message, or of the connection. */
  readonly cut?: 'reset' | 'end';
}

/** What a client was given. */
export interface Given {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly trailers: Headers;
  readonly interim: readonly number[];
  /** The message came to its end. */
  readonly whole: boolean;
}

/** What an origin was given, as it came, and whether that is a whole message. */
export interface Asked {
  /** Names as they came; over HTTP/2 with pseudo-fields. */
  readonly fields: Headers;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly trailers: Headers;
  readonly whole: boolean;
}

export interface Question {
  readonly method?: string;
  readonly path?: string;
  readonly fields?: Headers;
  readonly body?: string;
  readonly trailers?: Headers;
}

export interface Versions extends AsyncDisposable {
  readonly proxy: TestEngine;
  readonly origin: Origin;
  ask(question?: Question): Promise<Given>;
  /** What the origin has been asked so far. */
  asked(): readonly Asked[];
}

const chunk = (text: string) => (text === '' ? '' : `${text.length.toString(16)}\r\n${text}\r\n`);
const lines = (fields: Headers) => fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');

/** `bodyless`: the answer has none whatever it says, as to HEAD. */
function answerHttp1(
  { interim = [], status, fields = [], body = '', trailers, cut }: Answer,
  bodyless: boolean,
): string {
  const before = interim.map(([code, more]) => `HTTP/1.1 ${code} Interim\r\n${lines(more)}\r\n`).join('');
  const length = fields.some(([name]) => name.toLowerCase() === 'content-length');
  const coded = !bodyless && !length;
  const framing = coded ? 'Transfer-Encoding: chunked\r\n' : '';
  const head = `HTTP/1.1 ${status} Reason\r\n${lines(fields)}${framing}\r\n`;
  if (bodyless) return before + head;
  const end = cut === undefined ? `0\r\n${lines(trailers ?? [])}\r\n` : '';
  return before + head + (coded ? `${chunk(body)}${end}` : body);
}

function answerHttp2(peer: RawHttp2Peer, stream: number, answer: Answer, bodyless: boolean): void {
  const { interim = [], status, fields = [], body = '', trailers, cut } = answer;
  const lower = fields.map(([name, value]): HeaderPair => [name.toLowerCase(), value]);
  const whole = cut === undefined && trailers === undefined;
  const frames = interim.map(([code, more]) => headersFrame(stream, [[':status', String(code)], ...more], 0));
  frames.push(headersFrame(stream, [[':status', String(status)], ...lower], bodyless ? 1 : 0));
  if (!bodyless) frames.push(frame(TYPE.data, whole ? 1 : 0, stream, Buffer.from(body, 'latin1')));
  if (trailers !== undefined) frames.push(headersFrame(stream, trailers, 1));
  if (cut === 'reset') frames.push(frame(TYPE.reset, 0, stream, uint32(2)));
  peer.write(...frames);
  if (cut === 'end') peer.socket.end();
}

const isBodyless = (method: string, status: number) => method === 'HEAD' || status === 204 || status === 304;

/** Reads one message of HTTP/1.1 from its start; `bodyless` as above. */
function readHttp1(
  text: string,
  bodyless: boolean,
): Omit<Given, 'status' | 'interim'> & { line: string; rest: string } {
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...fieldLines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const pairs = (list: readonly string[]) =>
    list.map(
      (each): HeaderPair => [each.slice(0, each.indexOf(':')), each.slice(each.indexOf(':') + 1).trim()],
    );
  const headers = pairs(fieldLines);
  const value = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  let rest = text.slice(end + 4);
  if (bodyless) return { line, headers, body: '', trailers: [], whole: end >= 0, rest };
  const length = value('content-length');
  if (value('transfer-encoding') === undefined) {
    const wanted = Number(length ?? 0);
    return {
      line,
      headers,
      body: rest.slice(0, wanted),
      trailers: [],
      whole: end >= 0 && rest.length >= wanted,
      rest: rest.slice(wanted),
    };
  }
  let body = '';
  for (;;) {
    const size = /^([0-9a-f]+)\r\n/i.exec(rest);
    if (!size) return { line, headers, body, trailers: [], whole: false, rest };
    const octets = Number.parseInt(size[1] ?? '0', 16);
    rest = rest.slice(size[0].length);
    if (octets === 0) break;
    body += rest.slice(0, octets);
    rest = rest.slice(octets + 2);
  }
  const last = rest.startsWith('\r\n') ? 0 : rest.indexOf('\r\n\r\n');
  const section = last > 0 ? rest.slice(0, last).split('\r\n') : [];
  return {
    line,
    headers,
    body,
    trailers: pairs(section),
    whole: last >= 0,
    rest: rest.slice(last + (last > 0 ? 4 : 2)),
  };
}

type Origins = { readonly origin: Origin; readonly asked: () => readonly Asked[] };

async function originHttp1(bench: Surroundings, answer: Answer): Promise<Origins> {
  let connections = 0;
  const made = await rawOrigin({
    tls: bench.tls,
    onRequest: (socket, received) => {
      const method = /^\S+/.exec(received.toString('latin1'))?.[0] ?? '';
      const bodyless = isBodyless(method, answer.status);
      socket.write(Buffer.from(answerHttp1(answer, bodyless), 'latin1'), () => {
        if (answer.cut === 'end') socket.end();
        if (answer.cut === 'reset') setImmediate(() => socket.destroy());
      });
    },
  });
  return {
    origin: made,
    asked: () => {
      const all: Asked[] = [];
      connections = made.connections();
      for (let i = 0; i < connections; i += 1) {
        const text = made.received(i).toString('latin1');
        if (text === '') continue;
        const { line, headers, ...message } = readHttp1(text, false);
        const [method = '', path = ''] = line.split(' ');
        all.push({ method, path, fields: headers, ...message });
      }
      return all;
    },
  };
}

async function originHttp2(bench: Surroundings, answer: Answer): Promise<Origins> {
  const made = await rawHttp2Origin(bench.tls, (peer, { stream, fields }) => {
    const method = fields.find(([name]) => name === ':method')?.[1];
    // Trailers have no method.
    if (method !== undefined) answerHttp2(peer, stream, answer, isBodyless(method, answer.status));
  });
  return {
    origin: made,
    asked: () =>
      made.peers.flatMap((peer) => {
        const heads = peer.frames().filter(({ fields }) => fields.some(([name]) => name === ':method'));
        return heads.map((head): Asked => {
          const own = peer.frames().filter(({ stream }) => stream === head.stream);
          const pseudoValue = (name: string) => head.fields.find(([key]) => key === name)?.[1] ?? '';
          return {
            method: pseudoValue(':method'),
            path: pseudoValue(':path'),
            fields: head.fields,
            body: Buffer.concat(
              own.filter(({ type }) => type === TYPE.data).map(({ payload }) => payload),
            ).toString('latin1'),
            trailers: own.filter(({ type }) => type === TYPE.headers)[1]?.fields ?? [],
            whole: own.some(({ type, flags }) => type !== TYPE.reset && (flags & 1) !== 0),
          };
        });
      }),
  };
}

async function askHttp2(proxy: TestEngine, port: number, question: Question): Promise<Given> {
  const { method = 'GET', path = '/', fields = [], body, trailers } = question;
  await using client = await http2Client(proxy.port, port, proxy.ca);
  const lower = fields.map(([name, value]): HeaderPair => [name.toLowerCase(), value]);
  const stream = client.open([...pseudo(port, path, method), ...lower], {
    endStream: body === undefined,
    waitForTrailers: trailers !== undefined,
  });
  if (trailers !== undefined)
    stream.on('wantTrailers', () => stream.sendTrailers(Object.fromEntries(trailers)));
  const answer = answerOf(stream);
  if (body !== undefined) stream.end(Buffer.from(body, 'latin1'));
  const given = await answer;
  return {
    ...given,
    body: given.body.toString('latin1'),
    interim: given.informational,
    whole: given.rstCode === 0 && given.status > 0,
  };
}

async function askHttp1(proxy: TestEngine, port: number, question: Question): Promise<Given> {
  const { method = 'GET', path = '/', fields = [], body, trailers } = question;
  const authority = `localhost:${port}`;
  await using client = await rawTunnelClient(proxy.port, {
    authority,
    ca: proxy.ca,
    serverName: 'localhost',
  });
  const coded = body === undefined || trailers === undefined ? '' : 'Transfer-Encoding: chunked\r\n';
  const length =
    body === undefined || coded !== '' || /content-length/i.test(lines(fields))
      ? ''
      : `Content-Length: ${body.length}\r\n`;
  const content = coded === '' ? (body ?? '') : `${chunk(body ?? '')}0\r\n${lines(trailers ?? [])}\r\n`;
  client.write(
    `${method} ${path} HTTP/1.1\r\nHost: ${authority}\r\n${lines(fields)}${coded}${length}Connection: close\r\n\r\n${content}`,
  );
  await client.closed;
  const interim: number[] = [];
  let text = client.text();
  for (;;) {
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
    const { line: _, rest, ...message } = readHttp1(text, status < 200 || isBodyless(method, status));
    if (status >= 200 || status === 0) return { status, interim, ...message };
    interim.push(status);
    text = rest;
  }
}

/** An engine between a client and an origin of these versions. */
export async function versions(
  bench: Surroundings,
  pair: Pair,
  answer: Answer,
  options: Partial<EngineOptions> = {},
): Promise<Versions> {
  // To clients HTTP/2 is offered whatever the origin speaks, else there would be no pair of 2 and 1.1.
  const proxy = await bench.start({
    protocol: { http2: pair === '2 to 1.1' ? 'always' : 'mirror' },
    ...options,
  });
  const { origin, asked } = await (pair.endsWith('to 1.1') ? originHttp1 : originHttp2)(bench, answer);
  return {
    proxy,
    origin,
    asked,
    ask: (question = {}) => (pair.startsWith('1.1') ? askHttp1 : askHttp2)(proxy, origin.port, question),
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
    },
  };
}
