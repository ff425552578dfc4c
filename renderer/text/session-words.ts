/** How parts of a session are said in few letters, and which colour repeats it. Pure; the components in ui/ only draw what is decided here. */

import type { FailureCode, SessionRow, Severity } from '#model/session.ts';
import type { Tone } from '../ui/Badge.tsx';

const METHOD_TONES: Readonly<Record<string, Tone>> = {
  GET: 'info',
  HEAD: 'info',
  QUERY: 'info',
  POST: 'ok',
  PUT: 'warn',
  PATCH: 'warn',
  DELETE: 'err',
  WS: 'violet',
};

/** The method as a list shows it: a WebSocket is no GET to its reader. */
export function methodWord({ method, kind }: Pick<SessionRow, 'method' | 'kind'>): string {
  return kind === 'websocket' ? 'WS' : method;
}

export function methodTone(word: string): Tone {
  return Object.hasOwn(METHOD_TONES, word) ? (METHOD_TONES[word] ?? 'neutral') : 'neutral';
}

/** By class: 1xx violet, 2xx green, 3xx blue, 4xx amber, 5xx red. */
export function statusTone(status: number): Tone {
  return (['neutral', 'violet', 'ok', 'info', 'warn', 'err'] as const)[Math.floor(status / 100)] ?? 'neutral';
}

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/[/+]json$|ndjson|json-seq/, 'json'],
  [/^text\/html$|xhtml/, 'html'],
  [/javascript|ecmascript/, 'js'],
  [/^text\/css$/, 'css'],
  [/^text\/event-stream$/, 'sse'],
  [/^image\/svg/, 'svg'],
  [/[/+]xml$/, 'xml'],
  [/^font\/|font-woff|opentype/, 'font'],
  [/protobuf/, 'protobuf'],
  [/^application\/grpc/, 'grpc'],
  [/x-www-form-urlencoded/, 'form'],
  [/^multipart\//, 'multipart'],
  [/^application\/octet-stream$/, 'binary'],
  [/^text\/plain$/, 'text'],
];

/** A media type's essence in one word: "application/problem+json" → "json", "image/webp" → "webp". */
export function typeWord(mime: string | undefined): string {
  if (!mime) return '';
  if (mime.includes('graphql')) return 'graphql';
  const known = TYPES.find(([pattern]) => pattern.test(mime));
  return known ? known[1] : (mime.split('/')[1] ?? mime).replace(/^(x-|vnd\.)/, '');
}

/** "HTTP/1.1" → "h1", "HTTP/2" → "h2"; unknown ones stay as they are. */
export function protocolWord(httpVersion: string): string {
  const match = /^HTTP\/(\d)(?:\.(\d))?/i.exec(httpVersion);
  if (!match) return httpVersion;
  return match[1] === '1' && match[2] === '0' ? 'h1.0' : `h${match[1]}`;
}

export const severityWords: Readonly<Record<Severity, string>> = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
};

export function severityTone(severity: Severity): Tone {
  return ({ high: 'err', medium: 'warn', low: 'info', info: 'neutral' } as const)[severity];
}

export const failureWords: Readonly<Record<FailureCode, string>> = {
  dns: 'Host name not found',
  refused: 'Connection refused',
  unreachable: 'Host not reachable',
  timeout: 'No answer in time',
  reset: 'Connection reset',
  'tls-untrusted': 'Server certificate not trusted',
  'tls-expired': 'Server certificate expired',
  'tls-name': 'Server certificate is for another name',
  'tls-other': 'TLS with the server failed',
  'client-certificate': 'Server wants another client certificate',
  'upstream-proxy': 'Upstream proxy failed',
  'client-tls': 'TLS with the client failed',
  'client-gone': 'Client went away',
  'origin-gone': 'Server went away',
  'bad-request': 'Malformed request',
  'bad-response': 'Malformed response',
  'own-address': 'Addressed to Sluice itself',
  rule: 'Ended by a rule',
  other: 'Failed',
};
