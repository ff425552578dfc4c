/**
 * A client's request as it goes to the origin (RFC 9110 §7.6, RFC 9112 §3.2): unchanged but for what a proxy must change. When that is
 * nothing, the very octets that came are sent; else the head is written anew from its pairs, with order and case kept.
 */
import type { HeaderPair, Headers } from '#model/headers.ts';
import type { RequestHead } from '#model/session.ts';
import { fieldKind, firstOf, members } from './field-kinds.ts';
import { HTTP2, joinCookies } from './http2-heads.ts';
import type { Framing, OriginRequest } from './streams.ts';

const VERSION = 'HTTP/1.1';
/** Named in a Connection field, these stay all the same, else a client could re-frame its own request. */
const NEVER_NAMED = new Set(['host', 'content-length', 'transfer-encoding', 'trailer']);
/** What we say of our own connections as well: a Connection field of these alone passes as it is. */
const OURS = new Set(['keep-alive', 'upgrade']);
/** Safe methods: doing them twice is doing them once (RFC 9110 §9.2.1). */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

export interface OutgoingOptions {
  /** Say that we were here (RFC 9110 §7.6.3). */
  readonly via: boolean;
}

/** The protocol a request wants to switch to; h2c is not passed on (it would hide the rest of the connection). */
export function upgradeOf(head: RequestHead): string | undefined {
  const wanted = firstOf(head.headers, 'upgrade');
  if (wanted === undefined || head.httpVersion !== VERSION) return undefined;
  const connection = head.headers.filter(([name]) => fieldKind(name) === 'connection');
  if (!connection.some(([, value]) => members(value).includes('upgrade'))) return undefined;
  const [protocol = ''] = members(wanted);
  return protocol === '' || protocol === 'h2c' ? undefined : protocol;
}

interface Seen {
  readonly kinds: ReadonlySet<string>;
  /** Names that Connection fields list. */
  readonly named: ReadonlySet<string>;
  /** Connection fields say nothing that is not true of our connection to the origin. */
  readonly connectionPasses: boolean;
  readonly lengths: number;
}

const NOTHING: Seen = { kinds: new Set(), named: new Set(), connectionPasses: true, lengths: 0 };

function look(headers: Headers, upgrading: boolean): Seen {
  let kinds: Set<string> | undefined;
  let named: Set<string> | undefined;
  let connectionPasses = true;
  let lengths = 0;
  for (const [name, value] of headers) {
    const kind = fieldKind(name);
    if (kind === undefined || kind === 'host' || kind === 'expect') continue;
    if (kind === 'content-length') {
      lengths += value.includes(',') ? 2 : 1;
      continue;
    }
    if (kind === 'connection' && (value === 'keep-alive' || value === 'Keep-Alive')) continue;
    kinds ??= new Set();
    kinds.add(kind);
    if (kind !== 'connection') continue;
    named ??= new Set();
    for (const option of members(value)) {
      if (!OURS.has(option) || (option === 'upgrade' && !upgrading)) connectionPasses = false;
      if (!NEVER_NAMED.has(option)) named.add(option);
    }
  }
  if (kinds === undefined && lengths < 2) return NOTHING;
  return { kinds: kinds ?? NOTHING.kinds, named: named ?? NOTHING.named, connectionPasses, lengths };
}

/** Whether the fields may go as they are. */
function passes(seen: Seen, method: string, upgrading: boolean): boolean {
  if (seen === NOTHING) return true;
  if (seen.lengths > 1 || !seen.connectionPasses) return false;
  for (const kind of seen.kinds) {
    if (kind === 'connection' || kind === 'trailer' || kind === 'transfer-encoding') continue;
    if (kind === 'upgrade' && upgrading) continue;
    if (kind === 'max-forwards' && method !== 'TRACE' && method !== 'OPTIONS') continue;
    if (kind === 'alt-svc') continue;
    return false;
  }
  return true;
}

function connectionValue(value: string, upgrading: boolean): string | undefined {
  const kept = members(value).filter((option) => OURS.has(option) && (option !== 'upgrade' || upgrading));
  return kept.length === 0 ? undefined : kept.join(', ');
}

function rewrite(head: RequestHead, framing: Framing, seen: Seen, upgrading: boolean): HeaderPair[] {
  const fields: HeaderPair[] = [];
  const trailers = head.headers.some(
    ([name, value]) => fieldKind(name) === 'te' && /\btrailers\b/i.test(value),
  );
  let lengthSaid = false;
  for (const pair of head.headers) {
    const [name, value] = pair;
    const kind = fieldKind(name);
    switch (kind) {
      case 'keep-alive':
      case 'proxy-connection':
      case 'proxy-authorization':
      case 'http2-settings':
        continue;
      case 'te':
        continue;
      case 'upgrade':
        if (upgrading) fields.push(pair);
        continue;
      case 'connection': {
        const kept = connectionValue(value, upgrading);
        if (kept !== undefined) fields.push(kept === value.toLowerCase() ? pair : [name, kept]);
        continue;
      }
      case 'content-length':
        // Equal values are one value, and one is what goes on (RFC 9112 §6.3).
        if (framing.kind === 'chunked' || lengthSaid) continue;
        lengthSaid = true;
        fields.push(framing.kind === 'length' ? [name, String(framing.length)] : [name, '0']);
        continue;
      case 'max-forwards':
        fields.push(/^\d+$/.test(value) && Number(value) > 0 ? [name, String(Number(value) - 1)] : pair);
        continue;
      default:
        if (!seen.named.has(name.toLowerCase())) fields.push(pair);
    }
  }
  if (trailers) fields.push(['TE', 'trailers']);
  return fields;
}

function withHost(headers: readonly HeaderPair[], hostField: string): HeaderPair[] {
  let said = false;
  const fields: HeaderPair[] = [];
  for (const pair of headers) {
    if (fieldKind(pair[0]) !== 'host') fields.push(pair);
    else if (!said) {
      said = true;
      fields.push(pair[1] === hostField ? pair : [pair[0], hostField]);
    }
  }
  return said ? fields : [['Host', hostField], ...fields];
}

/** Whether exactly one Host field says `hostField`. */
function hostIs(headers: Headers, hostField: string): boolean {
  let count = 0;
  for (const [name, value] of headers) {
    if (fieldKind(name) !== 'host') continue;
    count += 1;
    if (value !== hostField) return false;
  }
  return count === 1;
}

/** `raw` with another request line; undefined without octets to keep. */
function rawWithLine(head: RequestHead, line: string): string | undefined {
  if (head.raw === undefined) return undefined;
  return `${line}${head.raw.slice(head.raw.indexOf('\r\n', head.raw.indexOf(head.method)))}`;
}

/** The request's head as it goes to its target: the incoming head itself when not an octet had to change. */
export function outgoingRequest(request: OriginRequest, options: OutgoingOptions): RequestHead {
  const { head, framing, target } = request;
  const upgrading = request.upgrade !== undefined;
  const seen = look(head.headers, upgrading);
  const keepFields =
    passes(seen, head.method, upgrading) && hostIs(head.headers, target.hostField) && !options.via;
  if (keepFields && head.target === target.path && head.httpVersion === VERSION) return head;

  const kept = keepFields
    ? head.headers
    : withHost(rewrite(head, framing, seen, upgrading), target.hostField);
  const headers = head.httpVersion === HTTP2 ? forHttp1(kept, framing) : kept;
  if (options.via) headers.push(['Via', `${head.httpVersion.slice('HTTP/'.length)} sluice`]);
  const raw = keepFields ? rawWithLine(head, `${head.method} ${target.path} ${VERSION}`) : undefined;
  const sent: RequestHead = { method: head.method, target: target.path, httpVersion: VERSION, headers };
  return raw === undefined ? sent : { ...sent, raw };
}

/** What HTTP/1.1 needs that HTTP/2 has no fields for: one Cookie, and chunks for a body without a length. */
function forHttp1(headers: Headers, framing: Framing): HeaderPair[] {
  const fields = joinCookies(headers);
  if (framing.kind === 'chunked') fields.push(['transfer-encoding', 'chunked']);
  return fields;
}

/** Whether it may be sent again when a reused connection turns out dead: a safe method without a body (RFC 9110 §9.2.2). */
export function isRepeatable({ head, framing, upgrade }: OriginRequest): boolean {
  return framing.kind === 'none' && upgrade === undefined && REPEATABLE.has(head.method);
}
