/** Decides what a client's request is for: an origin, one of Sluice's own pages, or nothing that can be served. */
import { isIP } from 'node:net';
import { type Headers, headerValues } from '#model/headers.ts';
import type { LocalRequest } from './engine.ts';
import {
  type Authority,
  DEFAULT_PORT,
  formatAuthority,
  makeTarget,
  parseAbsolute,
  parseAuthority,
  type Scheme,
  type Target,
} from './target.ts';

/** The name under which clients find Sluice's own pages through the proxy. */
export const LOCAL_HOST = 'sluice.cert';

/** What of a client's connection decides where its requests go. */
export interface Entrance {
  /** The authority of CONNECT or SOCKS, for what comes through a tunnel. */
  readonly tunnel?: Authority;
  readonly tls?: { readonly sni?: string | undefined };
  /** The origin that the listener stands for. */
  readonly reverse?: { readonly scheme: Scheme; readonly authority: Authority };
  /**
   * The proxy's own port, where requests that name their origin by Host or SNI alone are served too (RFC 9112 §3.3). Absent: those are for
   * Sluice itself.
   */
  readonly transparentBeside?: number;
}

export type Destination =
  | { readonly kind: 'origin'; readonly target: Target; readonly connectTo: Target }
  | { readonly kind: 'local'; readonly request: LocalRequest }
  | { readonly kind: 'invalid'; readonly url: string; readonly reason: string };

export interface IncomingHead {
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  readonly headers: Headers;
}

/** RFC 9112 §3.2 and §3.3: absolute-form names its origin; inside a tunnel the CONNECT did; anything else is for Sluice itself. */
export function destinationOf(head: IncomingHead, connection: Entrance): Destination {
  const hosts = headerValues(head.headers, 'host');
  const absolute = parseAbsolute(head.target, head.method);
  const tunnel = connection.tunnel;
  const scheme = connection.tls ? 'https' : 'http';
  const invalid = (reason: string): Destination => ({
    kind: 'invalid',
    url: tunnel ? makeTarget(scheme, tunnel, head.target).url : `http://${hosts[0] ?? 'invalid'}/`,
    reason,
  });
  if (hosts.length > 1) return invalid('more than one Host field');
  if (hosts.length === 0 && absolute === undefined && head.httpVersion !== '1.0')
    return invalid('no Host field');
  if (hosts[0] !== undefined && hosts[0] !== '' && !parseAuthority(hosts[0], DEFAULT_PORT[scheme])) {
    return invalid('the Host field is not a host');
  }
  if (absolute === undefined && !head.target.startsWith('/') && head.target !== '*') {
    return invalid('the request target is neither a path nor an http URL');
  }

  if (absolute && !tunnel && !connection.reverse)
    return local(absolute, head) ?? { kind: 'origin', target: absolute, connectTo: absolute };
  const path = absolute?.path ?? head.target;
  if (connection.reverse) {
    const target = makeTarget(connection.reverse.scheme, connection.reverse.authority, path);
    return { kind: 'origin', target, connectTo: target };
  }
  if (!tunnel) {
    const named = transparentAuthority(connection, hosts[0], scheme);
    if (named === undefined) {
      return { kind: 'local', request: { method: head.method, path, authority: hosts[0] ?? '' } };
    }
    const target = makeTarget(scheme, named, path, hosts[0]);
    return local(target, head) ?? { kind: 'origin', target, connectTo: target };
  }
  const connectTo = makeTarget(scheme, tunnel, path, hosts[0] ?? absolute?.hostField);
  const sni = connection.tls?.sni;
  const target =
    isIP(tunnel.host) && sni ? makeTarget(scheme, { host: sni, port: tunnel.port }, path) : connectTo;
  return local(target, head) ?? { kind: 'origin', target, connectTo };
}

/** Where a request goes that came as if Sluice were the origin: by Host, else by SNI. Undefined when that is Sluice itself. */
function transparentAuthority(
  { transparentBeside, tls }: Entrance,
  hostField: string | undefined,
  scheme: Scheme,
): Authority | undefined {
  if (transparentBeside === undefined) return undefined;
  const authority = parseAuthority(hostField || (tls?.sni ?? ''), DEFAULT_PORT[scheme]);
  return authority === undefined || authority.port === transparentBeside ? undefined : authority;
}

function local(target: Target, head: IncomingHead): Destination | undefined {
  if (target.host !== LOCAL_HOST) return undefined;
  const request = { method: head.method, path: target.path, authority: formatAuthority(target) };
  return { kind: 'local', request };
}
