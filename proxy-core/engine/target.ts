/**
 * Where a request is to go, read from its target (RFC 9112 §3.2) and, inside a tunnel, from the CONNECT before it. The path is kept
 * byte for byte: no normalisation of dots, slashes or percent signs.
 */
import { isIP } from 'node:net';

export type Scheme = 'http' | 'https';

export interface Authority {
  /** Lower-case name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

export interface Target extends Authority {
  readonly scheme: Scheme;
  /** Request target for the origin: origin-form, or `*`. */
  readonly path: string;
  /** Absolute, without fragment and user information. */
  readonly url: string;
  /** The Host field's value. */
  readonly hostField: string;
}

export const DEFAULT_PORT: Record<Scheme, number> = { http: 80, https: 443 };

/** Parses `host`, `host:port`, `[v6]` or `[v6]:port`; undefined when it is none of these. */
export function parseAuthority(text: string, defaultPort: number): Authority | undefined {
  const match = /^(?:\[([0-9a-f:.]+(?:%[\w.~-]+)?)\]|([^\s:/?#@[\]\\]+))(?::(\d{0,5}))?$/i.exec(text);
  if (!match) return undefined;
  const [, address, name = '', digits = ''] = match;
  if (address !== undefined && isIP(address) !== 6) return undefined;
  const port = digits === '' ? defaultPort : Number(digits);
  if (port < 1 || port > 65_535) return undefined;
  return { host: (address ?? name).toLowerCase(), port };
}

/** `host:port` with brackets where IPv6 needs them; the port is left out when it is the scheme's own. */
export function formatAuthority({ host, port }: Authority, scheme?: Scheme): string {
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return scheme !== undefined && DEFAULT_PORT[scheme] === port ? name : `${name}:${port}`;
}

/** A target from its parts; `path` in origin-form or `*`. */
export function makeTarget(scheme: Scheme, authority: Authority, path: string, hostField?: string): Target {
  const shown = formatAuthority(authority, scheme);
  const visible = (path.split('#', 1)[0] ?? '').replace(/^\*$/, '');
  return {
    scheme,
    ...authority,
    path,
    url: `${scheme}://${shown}${visible || '/'}`,
    hostField: hostField ?? shown,
  };
}

/** Parses an absolute-form target with scheme http or https; undefined when it is not one. */
export function parseAbsolute(text: string, method = 'GET'): Target | undefined {
  const match = /^(https?):\/\/(?:[^/?#]*@)?([^/?#]*)([^#]*)/i.exec(text);
  if (!match) return undefined;
  const scheme: Scheme = match[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  const authority = parseAuthority(match[2] ?? '', DEFAULT_PORT[scheme]);
  if (!authority) return undefined;
  const rest = match[3] ?? '';
  if (rest === '' && method === 'OPTIONS') return makeTarget(scheme, authority, '*', match[2]); // RFC 9112 §3.2.4
  return makeTarget(scheme, authority, rest.startsWith('/') ? rest : `/${rest}`, match[2]);
}
