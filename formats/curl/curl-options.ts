/**
 * A session's request as curl's own options, before any shell quotes them. Fidelity first: every header as captured, none that curl would
 * add by itself, the body byte for byte. Only the framing is left to curl.
 */
import type { Session } from '#model/session.ts';

/** Framing and connection management: curl writes its own, and a copied Content-Length would contradict an edited body. */
const LEFT_TO_CURL = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'proxy-connection',
  'keep-alive',
]);
/** Headers that curl adds when they are not given; they are switched off by name unless the request had them. */
const ADDED_BY_CURL = ['User-Agent', 'Accept'];
const ADDED_WITH_BODY = ['Content-Type', 'Expect'];

/** `value` is a byte string; a flag has none. The address has the name `--url`. */
export interface CurlOption {
  readonly name: string;
  readonly value?: string;
}

/** Everything but the body, the address first. `hasBody` decides what curl would imply. */
export function curlOptions(session: Session, hasBody: boolean): CurlOption[] {
  const { method, headers, httpVersion } = session.request.head;
  const options: CurlOption[] = [{ name: '--url', value: session.row.url }];
  const implied = hasBody ? 'POST' : 'GET';
  if (method === 'HEAD' && !hasBody) options.push({ name: '--head' });
  else if (method !== implied) options.push({ name: '--request', value: method });
  if (httpVersion === 'HTTP/1.0') options.push({ name: '--http1.0' });
  // Brackets and braces in the URL are the server's, not curl's ranges; dots in the path are the user's.
  options.push({ name: '--globoff' }, { name: '--path-as-is' });

  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const host = session.row.url.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/s, '');
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (LEFT_TO_CURL.has(key) || name.startsWith(':') || (key === 'host' && value === host)) continue;
    // curl drops a header with nothing after the colon; a semicolon says that it is meant to be empty.
    options.push({ name: '--header', value: value === '' ? `${name};` : `${name}: ${value}` });
  }
  const added = hasBody ? [...ADDED_BY_CURL, ...ADDED_WITH_BODY] : ADDED_BY_CURL;
  for (const name of added) {
    if (!given.has(name.toLowerCase())) options.push({ name: '--header', value: `${name}:` });
  }
  return options;
}
