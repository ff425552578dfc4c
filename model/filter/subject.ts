/**
 * What a filter looks at: a session as far as somebody has loaded it. A row alone is a subject too; what was not loaded reads as absent,
 * so who asks for more than rows loads what `needsOf` (needs.ts) names.
 */
import type { Finding } from '../finding.ts';
import { requestHeadText, responseHeadText } from '../head-text.ts';
import { type Headers, headerValues } from '../headers.ts';
import type { BodySide, Session, SessionRow } from '../session.ts';
import type { TriagedGroup } from '../triage.ts';

export interface FilteredGroup extends TriagedGroup {
  readonly owasp: readonly string[];
  readonly cwe: readonly number[];
}

export interface FilterSubject {
  readonly row: SessionRow;
  readonly session?: Session;
  /** Bodies after content decoding, as text. */
  readonly requestBody?: string;
  readonly responseBody?: string;
  /** WebSocket messages and server-sent events, as text. */
  readonly messages?: readonly string[];
  readonly findings?: readonly Pick<Finding, 'checkId' | 'title'>[];
  /** A group of findings that is looked at in place of a session; `row` then tells of its endpoint. */
  readonly group?: FilteredGroup;
}

/** A byte string as people read it: UTF-8 where it is that, else octet by octet. */
export function readable(bytes: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  try {
    const escaped = bytes.replace(
      /[^!-$&-~]/g,
      (unit) => `%${unit.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
    return decodeURIComponent(escaped);
  } catch {
    return bytes;
  }
}

/** Header fields of one side as received, trailers too. */
export function fieldsOf({ session }: FilterSubject, side: BodySide): Headers {
  const part = side === 'request' ? session?.request : session?.response;
  if (part === undefined) return [];
  return part.trailers.length === 0 ? part.head.headers : [...part.head.headers, ...part.trailers];
}

export const headerTexts = (subject: FilterSubject, side: BodySide, name: string): string[] =>
  headerValues(fieldsOf(subject, side), name).map(readable);

/** First line and fields of a head as received, as HTTP/1.1 text; none when that side is not there. */
export function headTexts({ session }: FilterSubject, side: BodySide): string[] {
  if (session === undefined) return [];
  if (side === 'request') return [readable(requestHeadText(session.request.head))];
  return session.response === undefined ? [] : [readable(responseHeadText(session.response.head))];
}

function pair(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? ['', text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** Cookies sent (RFC 6265 §5.4) and set (§4.1), as name and value. */
export function cookiesOf(subject: FilterSubject): (readonly [string, string])[] {
  const sent = headerTexts(subject, 'request', 'cookie').flatMap((line) => line.split(';').map(pair));
  const set = headerTexts(subject, 'response', 'set-cookie').map((line) => pair(line.split(';', 1)[0] ?? ''));
  return [...sent.filter(([name, value]) => name !== '' || value !== ''), ...set];
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Parameters of the query of a path (application/x-www-form-urlencoded, URL standard §5.1), in order. */
export function queryOf(path: string): (readonly [string, string])[] {
  const query = /\?([^#]*)/.exec(path)?.[1] ?? '';
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [decoded(part), ''] : [decoded(part.slice(0, at)), decoded(part.slice(at + 1))];
    });
}

/** `ip:port` also as the address alone, without brackets. */
export function addressTexts(address: string | undefined): string[] {
  if (address === undefined) return [];
  const ip = /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/:\d+$/, '');
  return ip === address ? [address] : [address, ip];
}

/** What was agreed in TLS on both sides, and whose certificate the server showed. */
export function tlsTexts({ session }: FilterSubject): string[] {
  const { clientTls, serverTls } = session?.facts ?? {};
  return [clientTls, serverTls].flatMap((tls) => {
    if (tls === undefined) return [];
    const { version, cipher, alpn, sni, chain = [] } = tls;
    const certificates = chain.flatMap(({ subject, issuer, altNames }) => [subject, issuer, altNames]);
    return [version, cipher, alpn, sni, ...certificates].filter((text) => text !== undefined);
  });
}
